// A sheet of questions that saves itself: those of a part, or of one record.
import { useEffect, useRef, useState } from "./vendor/hooks.js"
import { arrival, arriveAt, pageOf, whereIs } from "./address.js"
import { Choice, Ticks } from "./choose.js"
import { Clash } from "./clash.js"
import { UNKNOWN } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { says } from "./people.js"
import { goOn, Onward, open as openOf } from "./onward.js"
import { Sentence } from "./terms.js"
import { Calendar, Text } from "./text.js"

const UNFOLDED_AT_MOST = 6
export const REACHED = "input:not(.picker), textarea, select, [role=radio]"
const DUNNO = "Mark this question as not known yet. It stays open and is listed in the charter."
const CONTROLS = { choice: Choice, link: Choice, links: Ticks }

// "%", or the currency in which the record counts.
function unitOf(f, spec) {
  if (spec.kind !== "money") return spec.unit
  return spec.unit || (f.doc.spec(f.part, f.list, "currency") ? f.doc.field(`${f.place}/currency`).raw : "")
}

function Dunno({ f }) {
  const isUnknown = f.raw === UNKNOWN
  if ((f.raw !== "" && !isUnknown) || f.doc.archived.value) return null
  return html`<button type="button" class="dunno" title=${DUNNO} aria-pressed=${String(isUnknown)} onClick=${() => f.type(isUnknown ? "" : UNKNOWN)}>
    ${isUnknown ? "Not known yet" : "Don’t know yet"}</button>`
}

// What became of an answer: "Saved 18:56" fades to a tick. Who is here is seen on their tag, and only read out.
function Said({ f, who }) {
  const said = who.length ? says(who) : f.said.value, look = who.length ? "off" : said.startsWith("Saved") ? "saved" : /…$/.test(said) ? "busy" : ""
  return html`<span class="said ${look}" role="status"><span key=${said}>${said}</span>${icon("tick", "s")}</span>`
}

// An answer can ask for more than was asked before: that is told where it was given.
function Falls({ f }) {
  const fell = f.doc.fell.value
  if (!fell || fell.number !== f.savedAs) return null
  return html`<p class="falls" role="status">To sign: ${fell.met}, no longer ${fell.was}. With this answer more is asked for: ${fell.asks.join(" ")}</p>`
}

export function Question({ doc, part, list = "", record = "", spec, isMarked = false, isAsked = false, onward }) {
  const addr = `${part}/${list}/${record}/${spec.name}`, f = doc.field(addr), id = "q-" + addr.replace(/[^a-z0-9]+/gi, "-")
  const box = useRef(), Control = CONTROLS[spec.kind] ?? Text, isChosen = Control !== Text
  const who = doc.people.value.filter((p) => p.at === addr), unit = unitOf(f, spec)
  const described = [spec.help && `${id}-hint`, f.wrong.value && `${id}-wrong`].filter(Boolean).join(" ") || undefined
  useEffect(() => {
    if (isMarked) arriveAt(box.current, box.current.querySelector(REACHED))
  }, [isMarked])
  const isSealed = spec.sealed || (spec.sealedBy && doc.field(`${part}/${list}/${record}/${spec.sealedBy}`).raw !== "")
  if (isSealed) return html`<div class="q sealed" data-field=${spec.name} ref=${box}><div class="head"><span class="label" id=${id}>${spec.label}</span></div>
    <p class="hint">${spec.help || "Said with the answer; signing is done on the charter."}</p><p tabindex="-1" dir="auto" aria-labelledby=${id}>${f.raw === "" ? "Nothing yet" : (spec.choices?.find(([value]) => value === f.raw)?.[1] ?? f.raw)}</p></div>`
  const names = ["q", spec.kind, f.raw === UNKNOWN && "unknown", f.raw === "" && "blank", isMarked && "marked"].filter(Boolean).join(" ")
  return html`<div class=${names} data-field=${spec.name} ref=${box}>
    <div class="head"><label class="label" id=${id + "-label"} for=${Control === Ticks ? undefined : id}><${Sentence} text=${spec.label} terms=${spec.terms} /></label><${Said} f=${f} who=${who} /></div>
    ${spec.help ? html`<p class="hint" id=${id + "-hint"}><${Sentence} text=${spec.help} terms=${spec.terms} /></p>` : null}
    <div class="value ${who.length ? `watched c${who[0].colour}` : ""}">
      <${Control} f=${f} spec=${spec} id=${id} described=${described} isAsked=${isAsked} onward=${onward && (() => onward(spec))} />
      ${who.length ? html`<span class="who" aria-hidden="true">${says(who)}</span>` : null}
      ${unit ? html`<span class="unit">${unit}</span>` : null}
      ${spec.kind === "date" && !doc.archived.value ? html`<${Calendar} f=${f} spec=${spec} id=${id} />` : null}
      ${isChosen ? null : html`<${Dunno} f=${f} />`}</div>
    ${f.wrong.value ? html`<p class="wrong" id=${id + "-wrong"} role="alert">${f.wrong.value}</p>` : null}
    <${Falls} f=${f} />
    <${Clash} f=${f} spec=${spec} /></div>`
}

// The question of a sheet that somebody was led to; "" for none. A number tells one arrival from the next.
function led(doc, part, list, record) {
  const to = arrival.value
  const isHere = to && to.page === pageOf(location.href) && to.list === list && to.record === record && isHeld(doc, part, list, to)
  return isHere ? to : null
}

// Lists and questions of several parts may share a page, and a name.
const isHeld = (doc, part, list, to) => doc.specs(part, list).some((s) => s.name === to.at) && whereIs(doc, part, list, to.at).page === to.page

// What is asked first: what leads to a signature, what a first workshop needs and has, what is missing by now, and where
// somebody is led to. What once stood there stays, so that nothing moves under the hands of whoever answers.
function useFirst({ doc, part, list, record, folded }, specs, ledTo) {
  const held = useRef(new Set()), answered = useRef(null), shown = held.current
  const told = (s) => doc.field(`${part}/${list}/${record}/${s.name}`).cell.peek().typed !== ""
  answered.current ??= new Set(specs.filter((s) => s.core && told(s)).map((s) => s.name))
  const missing = new Set(openOf(doc, part).filter(([, , place, slug = part]) => slug === part && place.startsWith(`${list}.${record}.`)).map(([, , place]) => place.split(".")[2]))
  const isLeading = specs.some((s) => s.first), isFew = Boolean(list) && specs.length <= UNFOLDED_AT_MOST, isWanted = specs.some((s) => missing.has(s.name) || s.name === ledTo)
  const isAsked = (s) => {
    if (folded) return isWanted && s.first
    if (isLeading) return s.first || answered.current.has(s.name)
    return isFew || s.core || !specs.some((one) => one.core)
  }
  for (const s of specs) if (isAsked(s) || missing.has(s.name) || s.name === ledTo) shown.add(s.name)
  return [specs.filter((s) => shown.has(s.name)), missing]
}

// `quiet`: labels beside plain values, as in a drawer; otherwise labels above boxes. `under`: what stands below its first question.
export function Sheet({ doc, data, quiet = false, under = null }) {
  const { part, list = "", record = "", topic, folded, more: moreLabel } = data, box = useRef()
  const specs = doc.specs(part, list).filter((s) => topic == null || (s.topic ?? "") === topic)
  const to = led(doc, part, list, record), marked = to && specs.some((s) => s.name === to.at) ? `${to.at} ${to.number}` : ""
  const [core, wanted] = useFirst({ doc, part, list, record, folded }, specs, marked && to.at), more = specs.filter((s) => !core.includes(s))
  const [isOpen, setOpen] = useState(false)
  // On to the next question of this sheet that has no answer, and after the last to whatever is needed next.
  const onward = (from, isPicked = false) => {
    const shown = isOpen ? [...core, ...more] : core, after = shown.slice(shown.findIndex((s) => s.name === from.name) + 1)
    const next = after.find((s) => doc.field(`${part}/${list}/${record}/${s.name}`).raw === "")
    const reach = (s) => box.current?.querySelector(`[data-field="${s.name}"]`)?.querySelector(REACHED)?.focus()
    if (next || isPicked) requestAnimationFrame(() => reach(next ?? from))
    else goOn(doc, part)
  }
  const keys = (e) => {
    if (e.key !== "Enter" || e.isComposing || e.shiftKey || !e.target.matches?.("input, textarea, select") || !e.target.closest(".q")) return
    const spec = specs.find((s) => s.name === e.target.closest(".q").dataset.field)
    if (!spec || doc.archived.peek() || (spec.kind === "long" && !e.ctrlKey && !e.metaKey)) return
    e.preventDefault()
    onward(spec)
  }
  const ask = (s) => html`<${Question} key=${s.name} doc=${doc} part=${part} list=${list} record=${record} spec=${s}
    isMarked=${marked && to.at === s.name ? marked : false} isAsked=${s.first || wanted.has(s.name)} onward=${(spec) => onward(spec, true)} />`
  return html`<div class="sheet ${quiet ? "quiet" : ""}" ref=${box} onKeyDown=${keys}>
    ${doc.archived.value && !list && !topic ? html`<p class="hint">This project is archived and cannot be changed.</p>` : null}
    ${core.length ? html`<div class="core">${core.slice(0, 1).map(ask)}${under}${core.slice(1).map(ask)}</div>` : null}
    ${list && quiet ? html`<${Onward} doc=${doc} part=${part} />` : null}
    ${more.length ? html`<details class="more" open=${isOpen} onToggle=${(e) => setOpen(e.currentTarget.open)}>
      <summary>${icon("down", "s")}${folded || moreLabel || `${more.length} more ${list ? "field" : "question"}${more.length > 1 ? "s" : ""}`} <${Tally} doc=${doc} part=${part} list=${list} record=${record} specs=${more} /></summary>
      ${isOpen ? html`<div class="core">${more.map(ask)}</div>` : null}</details>` : null}</div>`
}

// How many of the folded questions have an answer; those that are taken for granted do not count.
function Tally({ doc, part, list, record, specs }) {
  const asked = specs.filter((s) => !s.assumed), done = asked.filter((s) => doc.field(`${part}/${list}/${record}/${s.name}`).raw !== "").length
  return done ? html`<span class="count">${done} answered</span>` : null
}
