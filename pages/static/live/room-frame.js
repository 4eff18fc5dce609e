// The room around a question: the agenda beside it, who is here, the time, what everybody and what the leader can do.
import { useEffect, useRef, useState } from "./vendor/hooks.js"
import { follow, pageHref } from "./address.js"
import { root } from "./doc.js"
import { Dashes } from "./health.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { Entry, Lobby } from "./lobby.js"
import { Projector } from "./projector.js"
import { enter } from "./room.js"
import { Lead, Onward } from "./room-lead.js"
import { Faces, Timer } from "./room-who.js"
import { viewOf } from "./room-questions.js"
import { usePhone } from "./phone.js"
import { clock, counted } from "./times.js"
import { cut } from "./words.js"

const QUOTED = 80

// The room of this tab; drawn anew when it is there.
function useRoom(id) {
  const [room] = useState(() => enter(id)), asked = new URLSearchParams(location.search).get("question")
  useEffect(() => {
    room.ready.then(() => { if (asked) room.look(asked) })
    return () => room.leave()
  }, [room])
  return room
}

export function Workshop({ doc, data }) {
  const room = useRoom(data.room), state = room.state.value
  if (state === "gone") return html`<div class="room bare"><main class="entry"><h1>This workshop is not here</h1>
    <p class="lead">It was removed, or the address is not whole.</p><p><a href=${pageHref(root, "home", doc?.project)} onClick=${follow}>Go to the project</a></p></main></div>`
  if (!room.room.value) return html`<div class="room bare"><main class="entry"><p class="lead" role="status">${state === "away" ? "There is no connection. Trying again." : "Coming in …"}</p></main></div>`
  if (data.big) return html`<${Projector} room=${room} doc=${doc} />`
  if (!room.self.value) return html`<${Entry} room=${room} doc=${doc} name=${data.me} />`
  return html`<${Stage} room=${room} doc=${doc} />`
}

function Stage({ room, doc }) {
  const isPhone = usePhone(), [isOpen, open] = useState(false), main = useRef(), at = room.at.value
  // Whoever comes to another question begins at its top.
  useEffect(() => { main.current?.scrollTo(0, 0); open(false) }, [at])
  useEffect(() => {
    if (doc) doc.workshop = room.id
    return () => { if (doc) doc.workshop = "" }
  }, [doc, room])
  return html`<div class="room">
    ${isPhone && !isOpen ? null : html`<${Agenda} room=${room} doc=${doc} close=${isPhone ? () => open(false) : null} />`}
    <main class="rm" ref=${main} data-at=${at} data-phase=${room.question.value?.phase}>
      ${isPhone ? html`<div class="mtop"><button type="button" class="btn q ico" aria-label="Agenda" aria-expanded=${String(isOpen)} onClick=${() => open(!isOpen)}>${icon("menu")}</button><b>Workshop</b><span class="grow"></span>
        <${Timer} room=${room} /></div>` : null}
      <${Trouble} room=${room} /><${Where} room=${room} at=${at} /><${Unled} room=${room} at=${at} />
      ${at ? html`<${AtQuestion} key=${at} room=${room} doc=${doc} isPhone=${isPhone} />` : html`<${Lobby} room=${room} doc=${doc} isPhone=${isPhone} />`}
    </main></div>`
}

// Whoever cannot see that the room went on hears it.
function Where({ room, at }) {
  const steps = room.steps.value, n = steps.findIndex((s) => s.key === at), first = useRef(at)
  return html`<p class="off" role="status">${first.current !== at && n >= 0 ? `Question ${n + 1} of ${steps.length}: ${steps[n].short}` : ""}</p>`
}

// Nobody who leads is here any more: anybody may go on for them. Before and after there is the lobby for it.
function Unled({ room, at }) {
  if (!at || !room.takesPart.value || room.leads.value || room.people.value.some((p) => p.role === "leads" && p.here)) return null
  return html`<p class="banner" role="status">${icon("hand", "s")}<span class="grow">Nobody who leads is here.</span><button type="button" class="btn sm" onClick=${() => room.act({ kind: "take_over" })}>Lead from here</button></p>`
}

// --- a question

function AtQuestion({ room, doc, isPhone }) {
  const question = room.question.value, told = room.room.value, isElsewhere = Boolean(room.looking.value)
  if (!question) return html`<p class="lead wait" role="status">${room.state.value === "away" ? "There is no connection. What you write is kept on this device." : "Fetching the question …"}</p>`
  const View = viewOf(question), heading = question.phase === "writing" ? "hero" : "hero small", isLocked = told.locked.includes(question.key)
  return html`<${Top} room=${room} question=${question} isPhone=${isPhone} />
    ${isElsewhere ? html`<${Elsewhere} room=${room} question=${question} />` : null}
    <${Begun} room=${room} />
    ${question.phase === "settled" ? null : html`<h1 class=${heading} tabindex="-1">${question.ask}</h1>${question.phase === question.phases[0] ? html`<p class="hint">${question.help}</p>` : null}`}
    ${isLocked ? html`<p class="banner calm" role="status">${icon("info", "s")}This question is closed to changes.</p>` : null}
    <div class="work">${View ? html`<${View} key=${question.key} room=${room} question=${question} doc=${doc} />` : null}</div>
    <${Wrong} room=${room} />
    <div class="below"><${Onward} room=${room} doc=${doc} question=${question} isElsewhere=${isElsewhere} isPhone=${isPhone} />
      ${room.leads.value && !isPhone ? html`<${Lead} room=${room} question=${question} isElsewhere=${isElsewhere} />` : null}</div>`
}

function Top({ room, question, isPhone }) {
  const steps = room.steps.value, at = steps.findIndex((s) => s.key === question.key), block = steps[at]?.block
  return html`<div class="top"><p class="where">${block ? html`<b>${block.title}</b>, question ${at + 1} of ${steps.length}` : html`<b>Not in the agenda</b>`}</p><span class="grow"></span>
    <${Faces} room=${room} question=${question} />${isPhone ? null : html`<${Timer} room=${room} />`}</div>`
}

function Elsewhere({ room, question }) {
  const told = room.room.value, of = room.steps.value.find((s) => s.key === told.now), isPrepared = told.prepare.questions.includes(question.key)
  const where = of ? html`The room is at “${of.short}”.` : isPrepared && !told.started ? "The room has not begun. What you write stays yours until it is shown." : "The room is in the lobby."
  return html`<p class="banner calm" role="status">${icon("info", "s")}<span class="grow">${where}</span>
    ${room.leads.value && told.now !== question.key ? html`<button type="button" class="btn sm" onClick=${() => room.act({ kind: "go", question: question.key, seen: told.now })}>Bring the room here</button>` : null}
    <button type="button" class="btn sm q" onClick=${() => room.look("")}>${of ? "Go to the room" : "Back to the lobby"}</button></p>`
}

// What was being typed when the room moved on.
function Begun({ room }) {
  const [question, text] = room.left.value[0] ?? []
  if (!question) return null
  const of = room.steps.value.find((s) => s.key === question)
  const add = () => { const words = text; room.write(question, ""); room.card(question, words) }
  return html`<p class="banner" role="status">${icon("pen", "s")}<span class="grow">You were writing <q dir="auto">${cut(text, QUOTED)}</q>${of ? ` at “${of.short}”` : ""}. Add it?</span>
    ${!of || of.kind === "gather" ? html`<button type="button" class="btn sm" onClick=${add}>Add it</button>` : null}
    <button type="button" class="btn sm q" onClick=${() => room.write(question, "")}>Put it away</button></p>`
}

const Wrong = ({ room }) => html`<p class="wrong" role="alert">${room.error.value}</p>`

function Trouble({ room }) {
  const waiting = room.pending.value.length
  if (room.state.value !== "away") return null
  return html`<p class="away" role="status">No connection. What you write is kept on this device${waiting ? `: ${counted(waiting, "thing")} to send` : ""}.</p>`
}

// --- the agenda beside it

function Agenda({ room, doc, close }) {
  const told = room.room.value, at = room.at.value, leads = room.leads.value, leaders = room.people.value.filter((p) => p.role === "leads")
  const may = (key, step) => leads || key === told.now || step.outcome || told.prepare.questions.includes(key)
  const isDone = (block) => block.questions.length > 0 && block.questions.every((q) => q.outcome === "taken")
  const open = room.steps.value.find((s) => s.key === at)?.block.key
  const go = (key) => { room.look(key); close?.() }
  const box = useRef()
  useEffect(() => { if (close) box.current.querySelector("button").focus() }, [Boolean(close)])
  const keys = (e) => { if (close && e.key === "Escape") { e.preventDefault(); close() } }
  return html`<aside class="ag" aria-label="Workshop" ref=${box} onKeyDown=${keys}>
    <p class="brand"><span class="logo">${icon("brand")}</span>Workshop<span class="grow"></span>${close ? html`<button type="button" class="btn q ico" aria-label="Close" onClick=${close}>${icon("close")}</button>` : null}</p>
    <div class="of"><b><bdi>${doc?.name.value ?? room.workshop.value?.name}</bdi></b><span class="meta">${leaders.length ? html`Leads today: <bdi>${leaders.map((p) => p.name).join(", ")}</bdi>` : "Nobody leads"}</span></div>
    <p class="sec" id="agenda">Agenda</p>
    <nav aria-labelledby="agenda"><ol>${told.agenda.map((block) => html`<li key=${block.key}>
      <button type="button" class="bl" aria-current=${block.key === open ? "step" : undefined} disabled=${!block.questions.some((q) => may(q.key, q))}
        onClick=${() => go((block.questions.find((q) => q.key === told.now) ?? block.questions.find((q) => may(q.key, q))).key)}>${icon(isDone(block) ? "done" : "ring")}<span class="grow">${block.title}</span>
        <span class="c">${block.begins ? clock(block.begins) : `${block.minutes} min`}</span></button>
      ${block.key === open ? html`<ol class="qs">${block.questions.map((q) => html`<li key=${q.key}><button type="button" class="${q.outcome ?? ""} ${q.key === told.now ? "now" : ""}" aria-current=${q.key === at ? "step" : undefined}
        disabled=${!may(q.key, q)} onClick=${() => go(q.key)}>${q.short}<span class="off">${told_of(q)}</span></button></li>`)}</ol>` : null}</li>`)}</ol></nav>
    <div class="ag-foot"><${ToSign} doc=${doc} /><${Parked} room=${room} told=${told} go=${go} />
      ${at ? html`<button type="button" class="linkb mute" hidden=${Boolean(told.now)} onClick=${() => go("")}>Lobby</button>` : null}
      <a class="leave" href=${pageHref(root, "home", doc?.project)} onClick=${follow}>${icon("back", "s dir")}Leave the room</a></div></aside>`
}
const OUTCOMES = { taken: ", answered", unknown: ", not known yet", parked: ", parked" }
const told_of = (q) => OUTCOMES[q.outcome] ?? ""

export function ToSign({ doc }) {
  const sign = doc?.derived.value?.sign
  if (!sign) return null
  return html`<div class="sign"><p><b>To sign</b><span>${sign.met} of ${sign.of}</span></p><${Dashes} ...${sign} /></div>`
}

function Parked({ room, told, go }) {
  const [isOpen, show] = useState(false), steps = room.steps.value
  if (!told.parked.length) return null
  return html`<div><button type="button" class="linkb" aria-expanded=${String(isOpen)} onClick=${() => show(!isOpen)}>${icon("park", "s")}${told.parked.length} parked</button>
    ${isOpen ? html`<ul class="parkedlist">${told.parked.map((key) => html`<li key=${key}><button type="button" class="linkb" onClick=${() => go(key)}>${steps.find((s) => s.key === key)?.short ?? key}</button></li>`)}</ul>` : null}</div>`
}
