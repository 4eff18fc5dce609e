// Between the steps of the ladder: why one moves the next, and places for steps that are still to be named.
import { useRef, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { add, known, spec } from "./ladder-order.js"
import { go } from "./nav.js"
import { goOn } from "./onward.js"

const HOW = { measured: ["yes", "measured here"], estimate: ["", "from other cases"], guess: ["guess", "a guess"] }

// How far a step follows the one below, and how that is known.
function follows(rec, id) {
  const [low, likely, high] = ["low", "likely", "high"].map((name) => known(rec, id, name))
  if (low && high && low !== high) return `each unit below moves it by ${low} to ${high}`
  return likely || low || high ? `each unit below moves it by ${likely || low || high}` : ""
}

export function Gap({ rec, id, under }) {
  const moves = follows(rec, id), source = known(rec, id, "source"), [look, told] = HOW[known(rec, id, "evidence")] ?? ["open", "how do we know?"]
  const isElsewhere = known(rec, id, "below") && rec.ids.value.includes(under)
  const from = isElsewhere ? html` It rests on <bdi>“${rec.named(under)}”</bdi>.` : null
  return html`<li class="rg gap"><span class="rail"></span><button class="lk" onClick=${() => go(rec.list, id)}>
    ${icon("up", "s")}<span class="grow">${moves ? html`because ${moves}${source ? html`: <span dir="auto">${source}</span>` : null}` : html`<u>say why the step below moves this one</u>`}${from}
      ${moves ? html`<span class="chip ${look}">${look === "yes" ? icon("tick", "s") : null}${told}</span>` : null}</span></button><span class="rail"></span></li>`
}

const enter = (rec, level) => (e) => {
  const text = e.target.value.trim().normalize("NFC")
  if (e.key !== "Enter" || e.isComposing) return
  e.preventDefault()
  if (!text) { goOn(rec.doc, rec.part); return }
  // The line goes when its step comes: the focus climbs to the next level that is empty.
  const lines = [...e.target.getRootNode().querySelectorAll("input.add")], at = lines.indexOf(e.target), next = lines[at - 1] ?? lines.at(-1)
  e.target.value = ""
  add(rec, level, text)
  if (next !== e.target) next.focus()
}
const MOST = 300

// A level at which nothing stands yet.
export function Slot({ rec, level, archived }) {
  const label = spec(rec, "level").choices[level][1]
  return html`<li class="rg slot"><span class="rail"></span><label class="stepb">${icon("plus", "s")}
    <input class="add" placeholder=${`${label} …`} aria-label=${`Add a step: ${label}`} maxlength=${MOST} disabled=${archived} enterkeyhint="done"
      autocomplete="off" dir="auto" onKeyDown=${enter(rec, level)} /></label>
    <span class="rail"></span></li>`
}

// One more step at a level that has some.
export function Another({ rec }) {
  const { choices } = spec(rec, "level"), [level, choose] = useState(0), line = useRef()
  return html`<div class="addrow">${icon("plus")}<select class="control" aria-label="Where it shows" onChange=${(e) => { choose(Number(e.target.value)); line.current.focus() }}>
      ${choices.map(([value, label], n) => html`<option key=${value} value=${n} selected=${n === level}>${label}</option>`)}</select>
    <input class="add" ref=${line} placeholder="Add a step, Enter for the next" aria-label="Add a step" enterkeyhint="next" autocomplete="off" maxlength=${MOST} dir="auto" onKeyDown=${(e) => enter(rec, level)(e)} />
    <span class="kbd" aria-hidden="true">↵</span></div>`
}
