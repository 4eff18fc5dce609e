// Below a question: the one button that goes on, what else can become of the question, and the bar of whoever leads.
import { useEffect, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { item, Popup } from "./popup.js"
import { timed } from "./room.js"
import { focusOnce, stillOpen, toFillIn } from "./room-pieces.js"
import { asked, Face, lateOf } from "./room-who.js"
import { counted, dayWords, isoOf, today } from "./times.js"
import { lowered } from "./words.js"

const SHOW = { gather: "Show the votes", decide: "Show the votes", estimate: "Show the numbers", live_with: "Show the hands" }
const BACK = { writing: "Back to writing", grouping: "Back to grouping", voting: "Back to the vote", shown: "Back to what was said" }
const ROUND = { estimate: "A second round", live_with: "Ask once more" }
const WAITED_FOR = ["writing", "grouping", "voting"]
const RESERVED = 2                                                          // as many fingers, or fewer, are a reservation
const MINUTE = 60, LONGEST = 8 * 60 * 60, WEEK_MS = 7 * 86_400_000

const names = (people) => (people.length > 2 ? `${people[0].name} and ${people.length - 1} others` : people.map((p) => p.name).join(" and "))

// Where the room goes from here: the words on the button, what it does, why it cannot yet, and what leads there.
function onward(room, question) {
  const { key, kind, phase, phases } = question, next = phases[phases.indexOf(phase) + 1]
  if (phase === "settled") return following(room, key)
  if (next === "settled") {
    const { label = kind === "answer" ? "This is our answer" : "Take it", body = {}, off = "", halt } = room.proposal(key).value ?? {}
    return { label, off, halt, act: async () => { if (!(await halt?.())) await room.settle({ question: key, how: "taken", ...body }) } }
  }
  const label = next === "grouping" ? "Show all cards" : next === "voting" ? "Go on to the vote" : SHOW[kind]
  return { label, off: "", act: () => room.act({ kind: "turn", question: key, phase: next, seen: phase }) }
}

// The next question that nobody has answered; then what was skipped or parked; after that the workshop ends.
function following(room, key) {
  const steps = room.steps.value, at = steps.findIndex((s) => s.key === key), after = steps.slice(at + 1), others = steps.filter((s) => s.key !== key)
  const isOpen = (s) => !s.outcome, isParked = (s) => s.outcome === "parked", isAgain = isParked(steps[at] ?? {}) && !others.some(isOpen)
  const next = after.find(isOpen) ?? others.find(isOpen) ?? after.find(isParked) ?? (isAgain && after.length ? null : others.find(isParked))
  if (next) return { label: `Next: ${lowered(next.short)}`, off: "", act: () => room.act({ kind: "go", question: next.key, seen: key }) }
  return { label: "End the workshop", off: "", isLast: true, act: () => end(room) }
}
const end = (room) => room.act({ kind: "end" })

function why(room, question, { isLast }) {
  if (isLast) return "End it for all?"
  if (!WAITED_FOR.includes(question.phase)) return ""
  const late = lateOf(room, question)
  return late.length ? `${names(late)} ${late.length > 1 ? "are" : "is"} not ready. Go on?` : ""
}

// Goes on; where somebody is not ready it says so first, and a second press is meant.
function Next({ room, question }) {
  const { key, phase } = question, step = onward(room, question), doubt = why(room, question, step), [isAsked, ask] = useState(false), [isBusy, setBusy] = useState(false)
  useEffect(() => { ask(false) }, [key, phase])
  const press = async (e) => {
    if (isBusy || (phase === "writing" && lacksWords(room, question, e.currentTarget))) return
    if (step.off) { step.halt?.(); return }
    if (doubt && !isAsked) { ask(true); return }
    ask(false)
    setBusy(true)
    try { await step.act() } finally { setBusy(false) }
  }
  return html`<button type="button" class="btn p big" aria-disabled=${(step.off && !step.halt) || isBusy ? "true" : undefined} onClick=${press} onBlur=${() => ask(false)}>
    <span aria-live="polite">${step.off || (doubt && isAsked ? doubt : step.label)}</span>${icon("next", "dir")}</button>`
}

// Whoever shows two fingers or fewer is asked for the words of it, once more where they go on without.
function lacksWords(room, { key, kind, phase }, at) {
  const isBare = kind === "live_with" && phase !== "settled" && Object.values(room.own(key).stands).some(([fingers, words]) => fingers <= RESERVED && !words)
  room.error.value = isBare ? "Say in a few words what would have to change." : ""
  if (isBare) at.getRootNode().querySelector("[data-bare] textarea")?.focus()
  return isBare
}

function Ready({ room, question }) {
  const { key, phase } = question, isReady = room.self.value.ready, words = phase === "settled" ? ["I agree", "You agree"] : ["I am ready", "You are ready"]
  return html`<button type="button" class="btn big ${isReady ? "" : "p"}" aria-pressed=${String(isReady)} onClick=${(e) => { if (isReady || !lacksWords(room, question, e.currentTarget)) room.act({ kind: "ready", question: key, phase, on: !isReady }) }}>${icon("tick")}${words[+isReady]}</button>`
}

// What somebody would do with the question who does not lead: told to who does, and taken back by a second press.
function Wishing({ room, question }) {
  const mine = question.wishes.find((one) => one.by === room.me.value)?.how, wish = (how) => room.act({ kind: "wish", question: question.key, how: mine === how ? "open" : how })
  return WISHES.map(([how, picture, label]) => html`<button type="button" key=${how} class="btn" aria-pressed=${String(mine === how)} onClick=${() => wish(how)}>${icon(mine === how ? "tick" : picture)}${label}</button>`)
}
const WISHES = [["unknown", "ask", "Not known yet"], ["parked", "park", "Park it"]]

// As who leads hears it: "Jonas would park it; Mei and Omar do not know it yet."
function Wishes({ room, question }) {
  const of = (how) => question.wishes.filter((one) => one.how === how).map((one) => room.person(one.by))
  const [unknown, parked] = [of("unknown"), of("parked")], said = [parked.length ? `${names(parked)} would park it` : "", unknown.length ? `${names(unknown)} ${unknown.length > 1 ? "say" : "says"}: not known yet` : ""].filter(Boolean)
  return said.length ? html`<p class="wishes" role="status">${icon("hand", "s")}<bdi>${said.join("; ")}.</bdi></p>` : null
}

export function Onward({ room, doc, question, isElsewhere, isPhone }) {
  const [isAsking, ask] = useState(false), leads = room.leads.value, { key, phase } = question
  useEffect(() => { ask(false) }, [key, phase])
  if (isElsewhere || !room.takesPart.value) return null
  const away = leads && phase !== "settled"
  const park = async () => {
    const answer = await room.settle({ question: key, how: "parked" })
    if (answer.ok !== false) following(room, key).act()
  }
  return html`${leads && away ? html`<${Wishes} room=${room} question=${question} />` : null}${isAsking ? html`<${NotKnown} room=${room} question=${question} close=${() => ask(false)} />` : null}
    <div class="foot">${away ? html`<button type="button" class="btn" aria-expanded=${String(isAsking)} onClick=${() => ask(!isAsking)}>${icon("ask")}Not known yet</button>
        <button type="button" class="btn" onClick=${park}>${icon("park")}Park it</button>` : !leads && phase !== "settled" ? html`<${Wishing} room=${room} question=${question} />` : null}<span class="grow"></span>
      ${leads ? html`<${Beside} room=${room} doc=${doc} question=${question} isPhone=${isPhone} /><${Next} room=${room} question=${question} />` : html`<${Ready} room=${room} question=${question} />`}</div>`
}

// What to know before going on: what nobody has filled in yet, else how the room stands to its agenda.
function Beside({ room, doc, question, isPhone }) {
  const open = doc && question.phase === "settled" ? stillOpen(doc, toFillIn(room, question)) : 0
  if (open) return html`<span class="meta blanks" role="status">${counted(open, "answer")} to fill in ${open === 1 ? "is" : "are"} still open</span>`
  return isPhone ? null : html`<span class="meta">${pace(room, question)}</span>`
}

// How the room stands to its agenda, where that is a minute or more.
function pace(room, question) {
  const steps = room.steps.value, { block } = steps.find((s) => s.key === question.key) ?? {}
  if (!block?.begins) return ""
  const at = block.questions.findIndex((q) => q.key === question.key), ends = block.begins + (block.minutes * 60_000 * (at + 1)) / block.questions.length
  const ahead = Math.round((ends - room.now() - Math.max(0, timed(room)?.left ?? 0) * 1000) / 60_000)
  return ahead > 0 ? `${counted(ahead, "minute")} ahead of the agenda` : ahead < 0 ? `${counted(-ahead, "minute")} behind the agenda` : ""
}

// Who finds it out, and by when.
function NotKnown({ room, question, close }) {
  const [says, setSays] = useState(""), [who, setWho] = useState(""), [by, setBy] = useState(() => dayWords(today(new Date(Date.now() + WEEK_MS)))), [wrong, setWrong] = useState("")
  const save = async (e) => {
    e.preventDefault()
    const day = by.trim() ? isoOf(by) : null
    if (day === "") { setWrong("Write the day like 12 Feb 2027."); return }
    const answer = await room.settle({ question: question.key, how: "unknown", says: says.trim() || question.ask, who: who.trim(), by: day })
    if (answer.ok !== false) close()
  }
  return html`<form class="card ask-form" onSubmit=${save} onKeyDown=${(e) => { if (e.key === "Escape") close() }} aria-label="Not known yet">
    <label class="grow"><span class="label">What is not known?</span><input class="control" dir="auto" maxlength="2000" value=${says} placeholder=${question.short} onInput=${(e) => setSays(e.target.value)} ref=${focusOnce} /></label>
    <label><span class="label">Who finds out?</span><input class="control" dir="auto" maxlength="300" list="room-people" value=${who} onInput=${(e) => setWho(e.target.value)} /></label>
    <label><span class="label">By when?</span><input class="control" value=${by} aria-invalid=${wrong ? "true" : undefined} onInput=${(e) => { setBy(e.target.value); setWrong("") }} /></label>
    <datalist id="room-people">${room.people.value.map((p) => html`<option key=${p.id} value=${p.name} />`)}</datalist>
    <div class="row"><button class="btn" type="submit">Keep as an open point</button><button type="button" class="btn q" onClick=${close}>Cancel</button></div>
    ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : null}</form>`
}

// --- the bar of whoever leads

export function Lead({ room, question, isElsewhere }) {
  const [isEnding, setEnding] = useState(false), time = timed(room), { key, kind, phase, phases } = question, told = room.room.value, before = phases[phases.indexOf(phase) - 1]
  const steps = room.steps.value, at = steps.findIndex((s) => s.key === key), previous = steps[at - 1]
  const clock = (seconds) => room.act({ kind: "clock", seconds: seconds === null ? null : Math.min(LONGEST, Math.max(0, seconds)) })
  const turn = (to) => room.act({ kind: "turn", question: key, phase: to, seen: phase })
  const isLocked = told.locked.includes(key), lock = () => room.act({ kind: "lock", questions: isLocked ? told.locked.filter((one) => one !== key) : [...told.locked, key] })
  const names = () => room.act({ kind: "limits", question: key, dots: question.dots, on_one: question.on_one, names: !question.names })
  const dots = (by) => room.act({ kind: "limits", question: key, dots: question.dots + by, on_one: Math.max(1, Math.min(question.on_one, question.dots + by)), names: question.names })
  const others = asked(room).filter((p) => p.id !== room.me.value && p.role !== "leads")
  const more = [
    item("Bring all here", () => room.act({ kind: "call" })),
    item(isLocked ? "Open this question to changes" : "Close this question to changes", lock),
    ...(kind === "answer" || question.anonymous ? [] : [item(question.names ? "Leave names off what is shown" : "Show names again", names)]),
    ...(phase === "voting" ? [item(`One vote more for each (${question.dots + 1})`, () => dots(1)), ...(question.dots > 1 ? [item(`One vote less for each (${question.dots - 1})`, () => dots(-1))] : [])] : []),
    ...(told.now ? [item("Pause in the lobby", () => room.act({ kind: "go", question: "", seen: told.now }))] : []),
    item("End the workshop", () => setEnding(true)),
    ...others.slice(0, 8).map((p) => item(html`Let <bdi>${p.name}</bdi> lead too`, () => room.act({ kind: "hand_over", person: p.id, role: "leads" }))),
  ]
  if (isEnding) return html`<div class="lead-bar" role="group" aria-label="You lead"><span class="lab">${icon("star", "s")}End the workshop for all?</span>
    <span class="meta grow">${counted(steps.filter((s) => !s.outcome || s.outcome === "parked").length, "question")} left. What was written stays, and its record is made.</span>
    <button type="button" class="btn sm" ref=${focusOnce} onClick=${() => end(room)}>End it</button><button type="button" class="btn sm q" onClick=${() => setEnding(false)}>Not yet</button></div>`
  return html`<div class="lead-bar" role="group" aria-label="You lead"><span class="lab">${icon("star", "s")}You lead</span>
    ${isElsewhere ? null : html`
      ${before ? html`<button type="button" class="btn sm q" onClick=${() => turn(before)}>${icon("back", "dir")}${BACK[before]}</button>`
        : previous ? html`<button type="button" class="btn sm q" onClick=${() => room.act({ kind: "go", question: previous.key, seen: told.now })}>${icon("back", "dir")}Question before</button>` : null}
      ${phase === "shown" && ROUND[kind] ? html`<button type="button" class="btn sm q" onClick=${() => turn("writing")}>${icon("history")}${ROUND[kind]}</button>` : null}
      ${time ? html`<button type="button" class="btn sm q" onClick=${() => clock(Math.max(0, time.left) + MINUTE)}>${icon("watch")}+1 minute</button>
        <button type="button" class="btn sm q" onClick=${() => clock(time.isPaused ? time.left : null)}>${icon(time.isPaused ? "play" : "pause")}${time.isPaused ? "Go on" : "Pause"}</button>` : null}`}
    <a class="btn sm q" href=${bigHref()} target="_blank" rel="noopener">${icon("screen")}Projector</a>
    <${Popup} label="More for who leads" look="sm q ico" face=${icon("more")} items=${more} />
    <span class="grow"></span><${Late} room=${room} question=${question} /></div>`
}

// Who is waited for, as the bar says it.
function Late({ room, question }) {
  const late = lateOf(room, question)
  if (!WAITED_FOR.includes(question.phase) || !late.length || late.length > 3) return null
  return html`<span class="late">${late.slice(0, 1).map((p) => html`<${Face} key=${p.id} person=${p} look="s" />`)}<span class="meta">Waiting for ${names(late)}</span></span>`
}

export function bigHref() {
  const url = new URL(location.href)
  url.searchParams.set("view", "big")
  url.searchParams.delete("question")
  return url.href
}
