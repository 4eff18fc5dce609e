// Can both live with it? Five fingers for each number, by side, with what would have to change in words.
import { useState } from "./vendor/hooks.js"
import { UNKNOWN } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { Given, NoTargets } from "./room-estimate.js"
import { Face, firstName, useNews, useProposal, useSaying, Words, writes } from "./room-pieces.js"
import { counted } from "./times.js"
import { words as answered } from "./words.js"

const WORDS = ["not at all", "hardly", "with a reservation", "I can", "well", "gladly"]
const RESERVED = 2                                                          // as many fingers, or fewer, are a reservation
const SIDES = [["business", "Business"], ["technical", "Technical"], ["", "No side"]]
const SENTENCE = 2000
const NOTHING_YET = "There are no numbers to live with yet. Name them in the question before."

// What there is to live with, as the charter has it now.
const ABOUT = { metrics: [["Now", "current"], ["Wanted", "target"]], milestones: [["Due", "due"]] }
function Numbers({ doc, question, target: { part, list, record } }) {
  const told = (ABOUT[question.about] ?? []).map(([label, name]) => [label, answered(doc, part, list, record, doc.spec(part, list, name))])
  return told.length ? html`<dl class="figures">${told.map(([label, said]) => html`<div key=${label}><dt>${label}</dt><dd dir="auto">${said && said !== UNKNOWN ? said : html`<span class="chip open">not known yet</span>`}</dd></div>`)}</dl>` : null
}

// What this person shows; words of a reservation are kept when they are left.
function Hand({ room, question, target, say, off }) {
  const [fingers, reservation] = room.own(question.key).stands[target.id] ?? [null, ""], [words, write] = useState(null)
  const stand = (next, said = words ?? reservation) => room.act({ kind: "stand", question: question.key, target: target.id, fingers: next, reservation: next <= RESERVED ? said.trim() : "" })
  const choose = (next) => { stand(next); say(`${counted(next, "finger")}: ${WORDS[next]}`) }
  const keep = () => { if (words !== null && words.trim() !== reservation) stand(fingers, words); write(null) }
  const keys = (e) => {
    const isRtl = getComputedStyle(e.currentTarget).direction === "rtl", by = { ArrowRight: isRtl ? -1 : 1, ArrowUp: 1, ArrowLeft: isRtl ? 1 : -1, ArrowDown: -1 }[e.key]
    const next = /^[0-5]$/.test(e.key) ? Number(e.key) : by ? Math.max(0, Math.min(5, (fingers ?? 2) + by)) : null
    if (next === null || off || e.ctrlKey || e.metaKey || e.altKey) return
    e.preventDefault()
    choose(next)
    e.currentTarget.children[next].focus()
  }
  return html`<div><div class="fingers" role="radiogroup" aria-label=${`How well can you live with: ${target.title}`} onKeyDown=${keys}>${WORDS.map((word, n) => html`
      <button type="button" key=${n} class="finger ${n <= RESERVED ? "low" : ""}" role="radio" aria-checked=${String(fingers === n)} tabindex=${(fingers ?? 3) === n ? 0 : -1} disabled=${off} onClick=${() => choose(n)}>
        <b>${n}</b><span>${word}</span></button>`)}</div>
    <p class="ends meta" aria-hidden="true"><span>${WORDS[0]}</span><span>${fingers > 0 && fingers < 5 ? WORDS[fingers] : ""}</span><span>${WORDS[5]}</span></p>
    ${fingers !== null && fingers <= RESERVED ? html`<label class="reserve" data-bare=${(words ?? reservation).trim() ? undefined : ""}><span class="label">What would have to change? ${(words ?? reservation).trim() ? null : html`<span class="chip hot">in a few words</span>`}</span><${Words} value=${words ?? reservation} set=${write} done=${keep} blur=${keep} label="What would have to change" max=${SENTENCE} off=${off} /></label>` : null}</div>`
}

const of = (room) => room.targets.value.filter((t) => !t.is_option)

export function Standing({ room, question, doc }) {
  const [live, say] = useSaying(), targets = of(room), off = !writes(room, question), done = Object.keys(room.own(question.key).stands).length
  return html`<section class="theroom">${live}${targets.length ? null : html`<${NoTargets} what=${NOTHING_YET} />`}
    ${question.round > 1 && targets.length ? html`<p class="asksaid">Round ${question.round}: you have heard the others. Keep what you said, or change it.</p>` : null}
    <ol class="handlist">${targets.map((t) => html`<li key=${t.id}><h2><bdi>${t.title}</bdi></h2><${Numbers} doc=${doc} question=${question} target=${t} /><${Hand} room=${room} question=${question} target=${t} say=${say} off=${off} /></li>`)}</ol>
    ${targets.length > 1 && done && done < targets.length ? html`<p class="meta">${targets.length - done} to go.</p>` : null}
    ${targets.length ? html`<${Given} room=${room} question=${question} />` : null}</section>`
}

// All hands on one number: a row for each side, and what somebody would have changed.
function Hands({ room, question, doc, target, stands, say }) {
  const [isOpen, show] = useState(false), mayChange = writes(room, question), sorted = [...stands].sort((a, b) => a.fingers - b.fingers)
  const rows = SIDES.map(([side, label]) => [label, sorted.filter((s) => s.side === side)]).filter(([, hands], i) => i < 2 || hands.length)
  return html`<li><h2><bdi>${target.title}</bdi></h2><${Numbers} doc=${doc} question=${question} target=${target} />
    <dl class="byside">${rows.map(([label, hands]) => html`<div key=${label}><dt>${label}</dt><dd>${hands.length ? hands.map((s, i) => html`
        <span key=${s.by || i} class="shown1 ${s.fingers <= RESERVED ? "low" : ""}"><${Face} room=${room} id=${s.by} /><b>${s.fingers}</b><span class="off"> ${WORDS[s.fingers]}</span>${s.fingers <= RESERVED ? icon("hand", "s") : null}</span>`) : html`<span class="chip open">nobody answered</span>`}</dd></div>`)}</dl>
    ${sorted.filter((s) => s.reservation).map((s, i) => html`<blockquote key=${s.by || i} class="objection"><${Face} room=${room} id=${s.by} look="" /><p><b><bdi>${s.by ? firstName(room, s.by) : "Somebody"}</bdi> has a reservation</b><span dir="auto">“${s.reservation}”</span></p></blockquote>`)}
    ${mayChange ? html`<button type="button" class="linkb" aria-expanded=${String(isOpen)} onClick=${() => show(!isOpen)}>${isOpen ? "Done" : "Change mine"}</button>${isOpen ? html`<${Hand} room=${room} question=${question} target=${target} say=${say} off=${false} />` : null}` : null}</li>`
}

export function Stood({ room, question, doc }) {
  const [live, say] = useSaying(), targets = of(room), { stands } = question, many = new Set(stands.filter((s) => s.fingers <= RESERVED).map((s) => `${s.by} ${s.side}`)).size
  const label = many ? `Go on with ${counted(many, "reservation")}` : "Both can live with it"
  useProposal(room, doc, question, { label, body: {}, off: stands.length ? "" : "Nobody showed a hand" })
  useNews(stands.length ? (many ? counted(many, "reservation") : "No reservation") : "", say)
  return html`<section class="theroom">${live}${targets.length ? null : html`<${NoTargets} what=${NOTHING_YET} />`}
    <ol class="handlist">${targets.map((t) => html`<${Hands} key=${t.id} room=${room} question=${question} doc=${doc} target=${t} stands=${stands.filter((s) => s.target === t.id)} say=${say} />`)}</ol></section>`
}
