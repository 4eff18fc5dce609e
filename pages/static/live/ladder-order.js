// The order of the metric ladder: which step stands where, which rests on which, and where a new one goes.
import { UNKNOWN, newId } from "./doc.js"

const raw = (rec, id, name) => rec.doc.field(`${rec.part}/${rec.list}/${id}/${name}`).raw
export const known = (rec, id, name) => { const typed = raw(rec, id, name); return typed === UNKNOWN ? "" : typed }
const orderOf = (rec, id) => Number(known(rec, id, "order").replace(/\D/g, "")) || Infinity
export const spec = (rec, name) => rec.specs.find((s) => s.name === name)

// Where a metric shows, as a number from the model up; -1 while nobody said.
const levelOf = (rec, id) => spec(rec, "level").choices.findIndex(([value]) => value === known(rec, id, "level"))

// The steps from the model upwards. What has no place stands on top, as the calculation has it.
export const ascending = (rec) => [...rec.ids.value].sort((a, b) => orderOf(rec, a) - orderOf(rec, b) || (a < b ? -1 : 1))

// What is drawn from the bottom up: steps, and a slot for each level at which nothing stands yet.
export function climbed(rec, ids) {
  const levels = spec(rec, "level").choices, taken = new Set(ids.map((id) => levelOf(rec, id))), drawn = []
  let next = 0
  const slots = (until) => { for (; next < until; next++) if (!taken.has(next)) drawn.push({ level: next }) }
  for (const id of ids) {
    const at = levelOf(rec, id)
    if (at >= 0) { slots(at); next = Math.max(next, at + 1) }
    drawn.push({ id })
  }
  slots(levels.length)
  return drawn
}

// A new step stands above all that lie as low as it does; what is above makes room, and still rests on what it rested on.
export function add(rec, level, metric) {
  const ids = ascending(rec), record = newId(), upTo = ids.findLastIndex((id) => levelOf(rec, id) >= 0 && levelOf(rec, id) <= level)
  const under = ids[upTo], above = ids.slice(upTo + 1), items = []
  const cell = (id, name, typed) => ({ record: id, cells: { [name]: [rec.doc.cell(`${rec.part}/${rec.list}/${id}/${name}`).peek().value, typed] } })
  let at = under && Number.isFinite(orderOf(rec, under)) ? orderOf(rec, under) + 1 : 1
  const cells = { metric: ["", metric], level: [null, spec(rec, "level").choices[level][0]], order: [null, String(at)] }
  rec.made.add(record)
  items.push({ record, new: true, cells })
  if (under && above[0] && raw(rec, above[0], "below") === "" && ["low", "likely", "high"].some((n) => raw(rec, above[0], n))) items.push(cell(above[0], "below", under))
  for (const id of above) {
    if (orderOf(rec, id) > at) break
    items.push(cell(id, "order", String(++at)))
  }
  rec.save(items)
  rec.say(`“${metric}” added`)
  return record
}

// What a step rests on: what it says, else the next one below.
export const restsOn = (rec, ids, id) => known(rec, id, "below") || ids[ids.indexOf(id) - 1] || ""
