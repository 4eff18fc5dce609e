// Beside a step: what is missing to sign as links to the very questions, advice, what was given. Made by the save itself.
import { useState } from "./vendor/hooks.js"
import { follow, placeHref } from "./address.js"
import { root } from "./doc.js"
import { isLoud } from "./health.js"
import { html } from "./html.js"
import { icon } from "./icons.js"

const SHOWN_AT_MOST = 8

function To({ doc, part, place, children }) {
  return html`<a href=${placeHref(root, doc, part, place)} onClick=${follow} dir="ltr">${children}</a>`
}

function ToSign({ doc, part, open, met, left }) {
  if (!open.length) return html`<h3>${isLoud(doc.derived.value.health) ? null : icon("tick", "s")}Nothing here is missing to sign.</h3>`
  return html`<h3>To sign</h3><ul class="todo">
    ${open.map(([message, isUnknown, place, at = part]) => html`<li key=${message + place}>${icon("ring", "s")}<span><${To} doc=${doc} part=${at} place=${place}>${message}<//>
      ${isUnknown ? html` <span class="chip open">not known yet</span>` : null}</span></li>`)}
    ${met.map((sentence) => html`<li class="met" key=${sentence}>${icon("done", "s")}<span>${sentence}</span></li>`)}</ul>
    ${left ? html`<p class="meta">and ${left} more</p>` : null}`
}

function Advice({ doc, part, advice, left }) {
  const [isAll, setAll] = useState(false), rest = advice.length - SHOWN_AT_MOST
  if (!advice.length) return null
  return html`<h3>Advice <span class="count">${advice.length + left}</span></h3><ul class="todo">
    ${(isAll ? advice : advice.slice(0, SHOWN_AT_MOST)).map(([message, place]) =>
      html`<li key=${message + place}>${icon("info", "s")}<${To} doc=${doc} part=${part} place=${place}>${message}<//></li>`)}</ul>
    ${rest > 0 && !isAll ? html`<button type="button" class="btn q sm" onClick=${() => setAll(true)}>${rest} more</button>` : null}
    ${isAll && left ? html`<p class="meta">and ${left} more</p>` : null}`
}

// In the order of the pages: steps, lists and topics, rows, questions. It stays while they are decided one by one.
export function inOrder(doc, fields) {
  const steps = Object.keys(doc.schema)
  const place = (f) => {
    const asked = doc.specs(f.part, f.list), spec = asked.find((s) => s.name === f.name)
    const topics = (doc.schema[f.part]?.tabs ?? []).flatMap(([, , held]) => held)
    const lists = Object.keys(doc.schema[f.part]?.lists ?? {})
    const rows = f.list ? doc.list(f.part, f.list).value.indexOf(f.record) : 0
    return [steps.indexOf(f.part), topics.indexOf(f.list || (spec?.topic ?? "")), lists.indexOf(f.list), rows, asked.indexOf(spec)]
  }
  const placed = fields.map((f) => [f, place(f)])
  const first = (a, b) => a.map((n, i) => n - b[i]).find(Boolean) ?? 0
  return placed.sort(([, a], [, b]) => first(a, b)).map(([f]) => f)
}

// Answers of this person that are not saved, wherever they are.
function Waiting({ doc }) {
  const fields = inOrder(doc, doc.waiting.value)
  if (!fields.length) return null
  return html`<div class="waiting" role="status"><h3>Not saved yet</h3><ul class="todo">${fields.map((f) =>
    html`<li key=${f.addr}>${icon("at_risk", "s")}<${To} doc=${doc} part=${f.part} place=${`${f.list}.${f.record}.${f.name}`}>
      ${f.list ? `${doc.title(f.part, f.list, f.record)}: ` : ""}${doc.spec(f.part, f.list, f.name)?.label ?? f.name}<//></li>`)}</ul></div>`
}

export function Panel({ doc, data }) {
  const { part } = data, found = doc.derived.value?.parts[part]
  if (!found) return null
  const { open = [], met = [], advice = [], answered = "", left: [openLeft, adviceLeft] = [0, 0] } = found
  return html`<aside class="panel" aria-label="What is open here"><${Waiting} doc=${doc} /><${ToSign} doc=${doc} part=${part} open=${open} met=${met} left=${openLeft} />
    <p class="meta">${answered}</p><${Advice} doc=${doc} part=${part} advice=${advice} left=${adviceLeft} /></aside>`
}
