// One entry that becomes others: what it can still become, and the links between what it became and where it came from.
import { signal } from "./vendor/signals.js"
import { follow, placeHref } from "./address.js"
import { root } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { send } from "./server.js"

// The question that links to what an entry became, and how the menu offers it.
const KINDS = [["risk", "Also a risk"], ["monitor", "Also a monitor"], ["milestone", "Also a stop rule"], ["planned", "Also a milestone"]]
const SOURCES = new Set(["ethics/premortem", "ethics/concerns", "ethics/risks", "rollout/monitors"])
const SAID = { risk: "Also a risk", monitor: "Also watched", milestone: "Stops the milestone", planned: "Also a milestone" }
const FROM = { premortem: "It failed: why?", concerns: "Concern", risks: "Risk", monitors: "Monitor" }
const MILESTONES_AT_MOST = 8

const placeOf = (spec) => spec.refers.split(".")
const isThere = (doc, spec, id) => Boolean(id) && doc.list(...placeOf(spec)).value.includes(id)
const isSource = (rec) => SOURCES.has(`${rec.part}/${rec.list}`)
const linkSpecs = (doc, part, list) => KINDS.map(([name]) => doc.spec(part, list, name)).filter((spec) => spec?.kind === "link")

const last = new WeakMap()                                                  // by list: what became of an entry last, and the way back
const lastOf = (rec) => { if (!last.has(rec)) last.set(rec, signal(null)); return last.get(rec) }

async function ask(rec, data) {
  rec.wrong.value = ""
  try {
    const told = await send(`projects/${rec.doc.project}/becomes`, data)
    if (!told.ok) rec.wrong.value = told.error
    return told.ok ? told : null
  } catch {
    rec.wrong.value = "The server cannot be reached, so nothing was made of it. Try again in a moment."
    return null
  }
}

async function become(rec, id, kind, milestone = "") {
  rec.doc.flushAll()
  const told = await ask(rec, { part: rec.part, list: rec.list, record: id, kind, milestone })
  if (!told) return
  lastOf(rec).value = { id, kind, undo: told.undo }
  rec.say(`${SAID[kind]}, with the same words`)
}

async function takeBack(rec) {
  const { undo } = lastOf(rec).value
  lastOf(rec).value = null
  if (await ask(rec, { undo })) rec.say("Taken back")
}

// What the menu of an entry offers: of a stop rule, the milestones at which it can stop the project.
export function offers(rec, id) {
  if (!isSource(rec)) return []
  const { doc, part, list } = rec
  return linkSpecs(doc, part, list).filter((spec) => !isThere(doc, spec, rec.field(id, spec).raw)).flatMap((spec) => {
    const label = KINDS.find(([name]) => name === spec.name)[1]
    if (spec.name !== "milestone") return [[label, () => become(rec, id, spec.name)]]
    return doc.list(...placeOf(spec)).value.slice(0, MILESTONES_AT_MOST).map((to) =>
      [`${label} of “${doc.title(...placeOf(spec), to)}”`, () => become(rec, id, spec.name, to)])
  })
}

// In the drawer: what an entry became, and what became it.
export function Linked({ rec, id }) {
  const { doc, part, list } = rec, here = `${part}.${list}`, made = lastOf(rec).value
  const onward = !isSource(rec) ? [] : linkSpecs(doc, part, list).map((spec) => [SAID[spec.name], ...placeOf(spec), rec.field(id, spec).raw, spec])
    .filter(([, , , to, spec]) => isThere(doc, spec, to))
  const back = [...SOURCES].flatMap((place) => {
    const [of, name] = place.split("/")
    return linkSpecs(doc, of, name).filter((spec) => spec.refers === here).flatMap((spec) => doc.list(of, name).value
      .filter((one) => doc.field(`${of}/${name}/${one}/${spec.name}`).raw === id).map((one) => [FROM[name], of, name, one]))
  })
  if (!onward.length && !back.length) return null
  return html`<div class="linked"><h3>The same elsewhere</h3><ul class="plain">${[...onward, ...back].map(([label, of, name, one]) => html`
    <li key=${label + of + name + one}>${icon("link", "s")} <span class="meta">${label}: </span><a href=${placeHref(root, doc, of, `${name}.${one}.`)} onClick=${follow} dir="auto">${doc.title(of, name, one)}</a></li>`)}</ul>
    ${made?.id === id ? html`<button type="button" class="btn q sm" onClick=${() => takeBack(rec)}>Take back: ${SAID[made.kind].toLowerCase()}</button>` : null}</div>`
}
