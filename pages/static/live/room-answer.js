// Answer together: the charter's own fields, large. One types, all see it.
import { useEffect, useState } from "./vendor/hooks.js"
import { UNKNOWN } from "./doc.js"
import { EIGHT, LOOKS, REASON } from "./ethics.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { One } from "./one.js"
import { records } from "./records.js"
import { NoTargets } from "./room-estimate.js"
import { useProposal, writes } from "./room-pieces.js"
import { Question } from "./sheet.js"
import { capital, named } from "./words.js"

const NOT_NAMED = "Not named yet"
const NOTHING_YET = "What this question is about is not there yet. Answer the questions before, then come back."

// The places to fill: those that the room tells, and the rows of a list to which one may be added, as they are now.
function placesOf(room, doc) {
  const all = room.targets.value.filter((t) => !t.is_option && t.fields.length), open = all.find((t) => t.list && !t.record)
  if (!open) return { places: all, open: null }
  const others = all.filter((t) => t !== open && t.list !== open.list)
  const rows = doc.list(open.part, open.list).value.map((record) => ({ ...open, id: record, record, title: named(doc, open.part, open.list, record) }))
  return { places: [...others, ...rows], open }
}

// An answer that could not be saved is none yet: settling waits for it, and leads to it. What comes back is the mark of where it led.
function useUnsaved(room, doc, question) {
  const [mark, lead] = useState({ addr: "", times: 0 })
  const isShown = (f) => placesOf(room, doc).places.some((p) => f.place === `${p.part}/${p.list}/${p.record}` && p.fields.some((name) => f.name === name || f.name === name + REASON))
  const unsaved = () => doc.waiting.value.find(isShown), f = unsaved()
  const halt = async () => {
    doc.flushAll()
    await doc.settled()
    const found = unsaved()
    if (found) lead(({ times }) => ({ addr: found.addr, times: times + 1 }))
    return Boolean(found)
  }
  useProposal(room, doc, question, { off: f ? `One answer is not saved yet: ${doc.spec(f.part, f.list, f.name).label}` : "", halt })
  return mark
}
const led = (mark, addr) => mark?.addr === addr && mark.times

// Fields of one place; its title where there are several, or where it says what they are about.
export function Fields({ doc, place, mark = null, isLarge = false, withTitle = true }) {
  const { part, list, record, fields } = place, title = place.title === NOT_NAMED ? capital(doc.schema[part].lists[list].singular) : place.title, asked = fields.map((name) => doc.spec(part, list, name)).filter(Boolean)
  return html`<section class="fill ${isLarge ? "large" : ""}">${withTitle ? html`<h2><bdi>${title}</bdi></h2>` : null}
    <div class="sheet"><div class="core">${asked.map((spec) => html`<${Question} key=${spec.name} doc=${doc} part=${part} list=${list} record=${record} spec=${spec} isMarked=${led(mark, `${part}/${list}/${record}/${spec.name}`)} />`)}</div></div></section>`
}

export function Together({ room, question, doc }) {
  const { places, open } = placesOf(room, doc), mayWrite = writes(room, question), mark = useUnsaved(room, doc, question)
  useEffect(() => () => doc.flushAll(), [])
  if (question.about === "screening") return places.length ? html`<${Eight} room=${room} doc=${doc} question=${question} place=${places[0]} mark=${mark} />` : null
  const isOnly = places.length === 1
  return html`<section class="theroom together" inert=${!mayWrite}>${places.length || open ? null : html`<${NoTargets} what=${NOTHING_YET} />`}
    ${places.map((place) => html`<${Fields} key=${place.id} doc=${doc} place=${place} mark=${mark} isLarge=${isOnly && !open} withTitle=${Boolean(place.record) || place.fields.length > 1 && !isOnly} />`)}
    ${open ? html`<button type="button" class="btn" onClick=${() => records(doc, open.part, open.list).add()}>${icon("plus")}${places.length ? open.title : `Add the first ${doc.spec(open.part, open.list, open.fields[0]).label.toLowerCase()}`}</button>` : null}</section>`
}

// Eight quick questions: all look at the first that has no answer, unless somebody looks back.
function Eight({ room, doc, question, place, mark }) {
  const { part } = place, specs = place.fields.map((name) => doc.spec(part, "", name)), fields = specs.map((spec) => doc.field(`${part}///${spec.name}`))
  const next = fields.findIndex((f) => f.raw === ""), [look, turn] = useState(null), at = look ?? next, off = !writes(room, question) || Boolean(doc.archived.value)
  useEffect(() => { doc.at(at < 0 ? "" : `${part}///${specs[at].name}`) }, [at])
  useEffect(() => { if (mark.addr) turn(specs.findIndex(({ name }) => [name, name + REASON].includes(mark.addr.split("/").at(-1)))) }, [mark])
  if (at < 0) return html`<${AllAnswered} specs=${specs} fields=${fields} open=${turn} />`
  const f = fields[at]
  const choose = (id) => { f.type(f.raw === id ? "" : id); f.flush(); turn(id === "yes" && f.raw !== "" ? at : null) }
  const onward = () => turn(at + 1 < specs.length && fields[at + 1].raw !== "" ? at + 1 : null)
  return html`<section class="theroom"><${One} id=${specs[at].name} ask=${specs[at].label} help=${specs[at].help} options=${EIGHT} chosen=${f.raw} choose=${choose} off=${off} isQuiet=${true}
      back=${at ? () => turn(at - 1) : null} next=${look !== null ? onward : null} dots=${fields.map((one) => (one.raw ? "f" : ""))} at=${at} said=${`Question ${at + 1} of ${specs.length}`}>
    ${f.wrong.value ? html`<p class="wrong" role="alert">${f.wrong.value}</p>` : null}
    ${f.raw === "yes" ? html`<div class="sheet why"><${Question} doc=${doc} part=${part} spec=${doc.spec(part, "", specs[at].name + REASON)} isMarked=${led(mark, `${part}///${specs[at].name}${REASON}`)} /></div>` : null}<//></section>`
}

function AllAnswered({ specs, fields, open }) {
  const said = (f) => EIGHT.find((o) => o.id === f.raw)?.label ?? "", doubt = fields.filter((f) => f.raw === "yes" || f.raw === UNKNOWN).length
  return html`<section class="theroom"><p class="asksaid">${doubt ? `All eight are answered; ${doubt} of them ${doubt > 1 ? "ask" : "asks"} for a closer look.` : "All eight are answered, and none asks for a closer look."}</p>
    <ul class="eightlist">${specs.map((spec, i) => html`<li key=${spec.name}><button type="button" class="linkb ink" onClick=${() => open(i)}>${spec.label}</button><span class="chip ${LOOKS[fields[i].raw]}">${said(fields[i])}</span></li>`)}</ul></section>`
}
