// What a person does in a grid: saved the way everything is saved, and taken back or done again by keys.
import { effect, signal } from "./vendor/signals-core.js"
import { newId, UNKNOWN } from "./doc.js"
import { isBlank } from "./grid-paste.js"
import { cut, named } from "./words.js"

const DAY = 86_400_000
const AT_ONCE = 200                                                        // rows of one request, which is one transaction
export const MANY = 500                                                    // more rows than this are spoken of first
const STEPS_KEPT = 200
const times = (n, one, more = one + "s") => n === 1 ? `1 ${one}` : `${n.toLocaleString("en")} ${more}`

// A step is what one key, paste or press did: cells {record, name, from, to}, rows that were added, removed, moved.
export class Edits {
  done = []; undone = []; said = signal(""); progress = signal(""); steps = signal(0); troubles = signal(new Set())
  constructor(doc, part, list) { this.doc = doc; this.part = part; this.list = list }
  field(record, name) { return this.doc.field(`${this.part}/${this.list}/${record}/${name}`) }
  tell(sentence) { this.said.value = ""; this.said.value = sentence }
  keep(step) {
    this.undone.length = 0
    this.done.push(step)
    if (this.done.length > STEPS_KEPT) this.done.shift()
    this.steps.value++
  }

  // Cells that were refused, or that somebody else changed at the same time.
  watch(f) {
    const isBad = !!(f.wrong.value || f.clash.value), now = this.troubles.peek()
    if (isBad === now.has(f)) return
    const next = new Set(now)
    isBad ? next.add(f) : next.delete(f)
    this.troubles.value = next
  }

  // Typing: kept on the device while the editor is open, saved when it is left.
  begin(record, name) { const f = this.field(record, name); f.begin(); return f.raw }
  typing(record, name, raw) { this.field(record, name).type(raw, DAY) }
  typed(record, name, from, raw) {
    const f = this.field(record, name)
    f.type(raw, 0)
    if (raw === from) return
    const cell = { record, name, from, to: raw }
    this.keep({ cells: [cell], added: [], removed: [], moved: [] })
    this.settled(f, cell)
  }
  // What a text came to when it was saved: "2027-12-31" is shown as "31 Dec 2027", and only that can be taken back.
  settled(f, cell) {
    const off = effect(() => {
      this.watch(f)
      if (f.draft.value !== null) return
      cell.to = f.cell.peek().typed
      queueMicrotask(() => off())
    })
  }

  // Many cells and rows at once. `changes`: [{record, isNew, after?, cells: {name: raw}}…]; resolves when all are answered.
  async write(changes, what = "") {
    const step = { cells: [], added: changes.filter((c) => c.isNew).map((c) => c.record), removed: [], moved: [] }
    const items = changes.map((change) => this.item(change, step)).filter(Boolean)
    if (!step.cells.length && !step.added.length) return
    this.keep(step)
    await this.send(items, what)
  }
  item({ record, isNew, after, cells }, step) {
    const sent = {}
    for (const [name, raw] of Object.entries(cells)) {
      const f = this.field(record, name), from = f.raw
      if (raw === from && !f.wrong.peek()) continue
      if (f.draft.peek() !== null) f.type(raw, 0)                          // not saved yet: goes after the one on its way
      else sent[name] = [f.cell.peek().value, raw]
      if (isNew) { queueMicrotask(() => this.settled(f, {})); continue }
      const cell = { record, name, from, to: raw }
      step.cells.push(cell)
      queueMicrotask(() => this.settled(f, cell))
    }
    const told = Object.keys(sent).length ? { cells: sent } : {}
    if (isNew) return { list: this.list, record, new: true, ...(after === undefined ? {} : { after }), ...told }
    return told.cells ? { list: this.list, record, ...told } : null
  }
  async send(items, what = "") {
    for (let at = 0; at < items.length; at += AT_ONCE) {
      if (items.length > AT_ONCE) this.progress.value = `${at.toLocaleString("en")} of ${times(items.length, "row")} saved`
      const answer = await this.doc.rows(this.part, items.slice(at, at + AT_ONCE))
      if (answer && answer.ok === false) {
        this.progress.value = ""
        return this.tell(at ? `${answer.error} The first ${at} of ${times(items.length, "row")} were saved.` : answer.error)
      }
    }
    this.progress.value = ""
    if (what) this.tell(what)
  }

  add(cells, after) {
    const record = newId()
    this.write([{ record, isNew: true, after, cells }])
    return record
  }
  // `rows`: answers by question, laid over `records` from the first on; what has no record there becomes a new one.
  paste(rows, records, meant) {
    const changes = []
    rows.forEach((answers, i) => {
      const record = records[i]
      if (!record && isBlank(answers)) return
      const filled = [...answers].filter(([, text]) => record || text)
      const cells = Object.fromEntries(filled.map(([spec, text]) => [spec.name, meant(spec, text)]))
      changes.push({ record: record ?? newId(), isNew: !record, cells })
    })
    const added = changes.filter((c) => c.isNew).length
    return { changes, added }
  }
  empty(cells) { return this.write(byRecord(cells.map(({ record, name }) => [record, name, ""]))) }
  fill(cells) { return this.write(byRecord(cells)) }
  remove(records, places) {
    if (!records.length) return
    this.keep({ cells: [], added: [], removed: records, moved: [], places })
    this.tell(`${times(records.length, "row")} removed.`)
    return this.send(records.map((record) => ({ list: this.list, record, remove: true })))
  }
  // Rows that stand together go behind another one ("" for the first place).
  move(records, after, ids) {
    const stood = ids[ids.indexOf(records[0]) - 1] ?? ""
    const moved = records.map((record, i) => ({ record, from: i ? records[i - 1] : stood, to: i ? records[i - 1] : after }))
    this.keep({ cells: [], added: [], removed: [], moved })
    return this.send(moved.map(({ record, to }) => ({ list: this.list, record, after: to })))
  }

  undo() { return this.turn(this.done, this.undone, -1) }
  redo() { return this.turn(this.undone, this.done, 1) }
  turn(source, target, way) {
    const step = source.pop()
    this.steps.value++
    if (!step) return this.tell(way < 0 ? "Nothing to undo here." : "Nothing to do again here.")
    target.push(step)
    const back = way < 0, made = back ? step.removed : step.added, gone = back ? step.added : step.removed
    const items = [
      ...made.map((record) => ({ list: this.list, record, restore: true })),
      ...this.turned(step.cells, back),
      ...step.moved.map(({ record, from, to }) => ({ list: this.list, record, after: back ? from : to })),
      ...gone.map((record) => ({ list: this.list, record, remove: true })),
    ]
    const left = step.cells.filter((cell) => cell.left).length
    const kept = left === 1 ? "was left as it is" : "were left as they are"
    const others = left ? ` ${times(left, "cell")} changed by somebody since then ${kept}.` : ""
    this.tell((back ? "Undone." : "Done again.") + others)
    return this.send(items)
  }
  // Cells as they were, those that somebody changed since then left alone.
  turned(cells, back) {
    const found = new Map()
    for (const cell of cells) {
      const f = this.field(cell.record, cell.name), expected = back ? cell.to : cell.from, raw = back ? cell.from : cell.to
      cell.left = f.raw !== expected
      if (cell.left || f.raw === raw) continue
      if (f.draft.peek() !== null) { f.type(raw, 0); continue }
      const item = found.get(cell.record) ?? { list: this.list, record: cell.record, cells: {} }
      item.cells[cell.name] = [f.cell.peek().value, raw]
      found.set(cell.record, item)
      queueMicrotask(() => this.settled(f, back ? {} : cell))
    }
    return [...found.values()]
  }
}

function byRecord(cells) {
  const found = new Map()
  for (const [record, name, raw] of cells) {
    if (!found.has(record)) found.set(record, { record, isNew: false, cells: {} })
    found.get(record).cells[name] = raw
  }
  return [...found.values()]
}

// What words in a cell stand for: the id of what is chosen, "?" for what is not known yet, else the text itself.
export function meaning(doc) {
  const known = new Map()
  const values = (spec) => {
    if (!known.has(spec)) known.set(spec, new Map(labels(doc, spec).map(([value, label]) => [label.toLowerCase(), value])))
    return known.get(spec)
  }
  return (spec, text) => {
    const low = text.trim().toLowerCase()
    if (!isChosen(spec)) return text
    return low === "not known yet" || low === UNKNOWN ? UNKNOWN : values(spec).get(low) ?? text
  }
}
// And back: the words of what was chosen.
export function calling(doc) {
  const known = new Map()
  return (spec, raw) => {
    if (raw === UNKNOWN || raw === "") return raw
    if (!known.has(spec)) known.set(spec, new Map(labels(doc, spec)))
    return known.get(spec).get(raw) ?? raw
  }
}
export const isChosen = (spec) => spec.kind === "choice" || spec.kind === "link"
function options(doc, spec) {
  if (!spec.refers) return spec.choices ?? []
  const [part, list] = spec.refers.split(".")
  return doc.list(part, list).peek().map((id) => [id, named(doc, part, list, id)])
}
// What can be chosen, by words of which no two are alike.
export function labels(doc, spec) {
  const taken = new Set(["not known yet", "a removed entry"])
  return options(doc, spec).map(([value, title]) => {
    const base = cut(title.replace(/\s+/g, " ").trim(), 120)
    let label = base
    for (let n = 2; taken.has(label.toLowerCase()); n++) label = `${base} (${n})`
    taken.add(label.toLowerCase())
    return [value, label]
  })
}
