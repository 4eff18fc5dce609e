// The line on top of a step: the first thing that is needed to sign, as a link to its field; the rest unfolds below it. Made by the save itself.
import { useState } from "./vendor/hooks.js"
import { follow, pageHref, placeHref } from "./address.js"
import { root } from "./doc.js"
import { standing, words } from "./health.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { nextOf, open } from "./onward.js"
import { today } from "./times.js"
import { firstSentence } from "./words.js"

const SHOWN_AT_MOST = 8
const NOTHING = "Nothing here is needed to sign."

function To({ doc, part, place, title, children }) {
  return html`<a href=${placeHref(root, doc, part, place)} onClick=${follow} dir="ltr" title=${title}>${children}</a>`
}

// The first sentence in one line; whoever wants to know why finds all of it in the list below, or on Home.
const Do = ({ message, ...to }) => html`<${To} ...${to} title=${message}>${firstSentence(message)}<//>`

const NotKnown = () => html` <span class="chip open">not known yet</span>`

// What is left to say where nothing is missing: the health of the project, and where it is looked at.
function Standing({ doc }) {
  const day = today(), now = standing(doc.derived.value.health, day), [, word, , , lateSince] = now, said = words(now, day)
  const at = (page) => pageHref(root, page, doc.project)
  if (word === "ready") return html`Nothing is missing to sign. Next: <a href=${at("charter")} onClick=${follow}>sign the charter</a>.`
  if (word === "draft") return NOTHING
  if (lateSince || word === "at_risk") return html`${said}. Next: <a href=${at("run")} onClick=${follow}>see why</a>.`
  return html`${said}. ${NOTHING}`
}

function Line({ doc, part }) {
  const next = nextOf(doc, part)
  if (!next) return html`<${Standing} doc=${doc} />`
  const isHere = open(doc, part).length > 0
  return html`${isHere ? "" : `${NOTHING} `}Next: <${Do} doc=${doc} ...${next} />${next.isUnknown ? html`<${NotKnown} />` : null}${
    next.part === part ? null : html` (in <span>${doc.schema[next.part].title}</span>)`}`
}

function Needed({ doc, part, open, left }) {
  if (!open.length) return null
  return html`<h3>Needed to sign</h3><ul class="todo">${open.map(([message, isUnknown, place, slug = part]) =>
    html`<li key=${message + place}>${icon("ring", "s")}<span><${To} doc=${doc} part=${slug} place=${place}>${message}<//>${isUnknown ? html`<${NotKnown} />` : null}</span></li>`)}</ul>
    ${left ? html`<p class="meta">and ${left} more</p>` : null}`
}

function Advice({ doc, part, advice, left }) {
  const [isAll, setAll] = useState(false), rest = advice.length - SHOWN_AT_MOST
  if (!advice.length) return null
  return html`<h3>Worth a look</h3><ul class="todo">
    ${(isAll ? advice : advice.slice(0, SHOWN_AT_MOST)).map(([message, place]) =>
      html`<li key=${message + place}>${icon("info", "s")}<span><${To} doc=${doc} part=${part} place=${place}>${message}<//></span></li>`)}</ul>
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
  return html`<div class="banner waiting" role="status">${icon("at_risk")}<div class="grow"><h3>Not saved yet</h3><ul class="plain">${fields.map((f) =>
    html`<li key=${f.addr}><${To} doc=${doc} part=${f.part} place=${`${f.list}.${f.record}.${f.name}`}>
      ${f.list ? `${doc.title(f.part, f.list, f.record)}: ` : ""}${doc.spec(f.part, f.list, f.name)?.label ?? f.name}<//></li>`)}</ul></div></div>`
}

export function Next({ doc, data }) {
  const { part } = data, { parts, sign } = doc.derived.value ?? {}, [isOpen, show] = useState(false)
  if (!parts?.[part]) return null
  const { open: missing, advice, left: [openLeft, adviceLeft] } = parts[part], more = Math.max(0, missing.length - 1) + openLeft + advice.length + adviceLeft
  return html`<section class="ahead" aria-label="What is next"><div class="next">${icon("next", "s dir")}
      <p class="grow"><${Line} doc=${doc} part=${part} /></p>
      ${more ? html`<button type="button" class="btn q sm" aria-expanded=${String(isOpen)} onClick=${() => show(!isOpen)}>${more} more here</button>` : null}
      <span class="meta">To sign: ${sign.met} of ${sign.of}</span></div>
    ${sign.signed?.length ? html`<p class="banner calm" role="status">${icon("info", "s")}<span>Signed by <bdi>${sign.signed.join(", ")}</bdi>; what you change here is asked of them again.</span></p>` : null}
    <${Waiting} doc=${doc} />
    ${isOpen && more ? html`<div class="rest"><${Needed} doc=${doc} part=${part} open=${missing.slice(1)} left=${openLeft} />
      <${Advice} doc=${doc} part=${part} advice=${advice} left=${adviceLeft} /></div>` : null}</section>`
}
