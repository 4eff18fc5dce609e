// Before, between and after: coming in by a code, one's name, who is here, the agenda with its times, what is prepared.
import { useEffect, useState } from "./vendor/hooks.js"
import { follow, pageHref, placeHref, roomHref, travel } from "./address.js"
import { root } from "./doc.js"
import { Dashes } from "./health.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { Popup } from "./popup.js"
import { bigHref } from "./room-lead.js"
import { focusOnce } from "./room-pieces.js"
import { Plan } from "./room-plan.js"
import { Face } from "./room-who.js"
import { api, send, sendOnce } from "./server.js"
import { clock, counted, dayWords, isoOf, today, useClock } from "./times.js"
import { firstSentence } from "./words.js"

const SIDES = [["business", "Business", "You know what hurts, and what it is worth"], ["technical", "Technical", "You know what can be built, and with what"]]
const ROLES = { leads: "Leads", takes_part: "Takes part", looks_on: "Looks on" }
const MINUTE_MS = 60_000, OPEN_SHOWN = 6, BACK_SHOWN = 12

// --- coming in

// The page of the code: six letters lead to a workshop.
export function Join() {
  const given = new URLSearchParams(location.search), [code, setCode] = useState(""), [wrong, setWrong] = useState(""), [isBusy, setBusy] = useState(false)
  const come = async (body) => {
    setBusy(true)
    const answer = await sendOnce("join", body)
    setBusy(false)
    if (answer.ok === false) setWrong(answer.error)
    else travel(roomHref(root, answer.project, answer.workshop))
  }
  const press = (e) => {
    e.preventDefault()
    if (code.trim()) come({ code: code.trim() })
    else setWrong("Type the six letters that stand on the screen of the room.")
  }
  useEffect(() => { if (given.get("link")) come({ code: given.get("link") }) }, [])
  return html`<div class="room bare"><main class="entry"><p class="brand"><span class="logo">${icon("brand")}</span>Scoping workbench</p>
    <form onSubmit=${press}><h1>Join a workshop</h1><p class="lead">The code stands on the screen of the room, or in the invitation.</p>
      <label class="label" for="code">Code</label>
      <input id="code" class="control code" autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="40" value=${code} ref=${focusOnce} aria-invalid=${wrong ? "true" : undefined} aria-describedby="code-wrong"
        onInput=${(e) => { setCode(e.target.value); setWrong("") }} />
      <p class="wrong" id="code-wrong" role="alert">${wrong}</p>
      <button class="btn p big" type="submit" disabled=${isBusy}>Join${icon("next", "dir")}</button></form></main></div>`
}

// One's name, asked once; the browser keeps it.
export function Entry({ room, doc, name: known }) {
  const [name, setName] = useState(known || doc?.self.value?.name || ""), [side, setSide] = useState(null), [looksOn, setLooksOn] = useState(false), [[lacks, wrong], setWrong] = useState(["", ""]), [isBusy, setBusy] = useState(false)
  const told = room.room.value, back = told.ended ? [] : told.people.filter((p) => !p.here).slice(0, BACK_SHOWN), at = room.steps.value.findIndex((s) => s.key === told.now), step = room.steps.value[at]
  const enter = async (who) => {
    setBusy(true)
    await send("name", { name: who.name }).catch(() => {})                  // so that what is changed in the charter carries it too
    const answer = await room.act({ kind: "join", ...who })
    setBusy(false)
    if (!answer.ok) setWrong(["name", answer.error])
  }
  const come = (e) => {
    e.preventDefault()
    if (!name.trim()) setWrong(["name", "Write your name: it stands beside what you write."])
    else if (!side && !looksOn) setWrong(["side", "Choose for whom you speak: business or technical. Or look on."])
    else enter({ name: name.trim(), side, role: looksOn ? "looks_on" : "takes_part" })
  }
  const same = back.find((p) => p.name.toLocaleLowerCase() === name.trim().toLocaleLowerCase())
  const again = (p) => html`<button type="button" key=${p.id} class="btn sm" disabled=${isBusy} onClick=${() => enter({ name: p.name, side: p.side || null, role: p.role, again: p.id })}><span>I am <bdi>${p.name}</bdi></span></button>`
  const why = (field) => html`<p class="wrong" id=${`${field}-wrong`} role="alert">${lacks === field ? wrong : ""}</p>`
  return html`<div class="room bare"><main class="entry"><p class="brand"><span class="logo">${icon("brand")}</span><bdi>${doc?.name.value ?? ""}</bdi></p>
    <form onSubmit=${come}><h1>${room.workshop.value.name}</h1>
      <p class="lead">${told.ended ? "It has ended. You can look at what came of it." : step ? html`The room is at question ${at + 1} of ${room.steps.value.length}: “${step.short}”` : `${counted(told.people.filter((p) => p.here).length, "person", "people")} here. It has not begun.`}</p>
      ${back.length ? html`<div class="again" role="group" aria-label="Were you here before?"><p class="label">Were you here before, at another device?</p><p class="row">${back.map(again)}</p></div>` : null}
      <label class="label" for="who">Your name</label>
      <input id="who" class="control" dir="auto" maxlength="80" autocomplete="name" value=${name} ref=${focusOnce} aria-invalid=${lacks === "name" ? "true" : undefined} aria-describedby="name-wrong" onInput=${(e) => { setName(e.target.value); setWrong(["", ""]) }} />
      ${same ? html`<p class="meta row" role="status"><span>Somebody of this name was here.</span>${again(same)}</p>` : null}${why("name")}
      <fieldset aria-describedby="side-wrong"><legend class="label">For whom do you speak?</legend><div class="sides">${SIDES.map(([value, label, says]) => html`<label key=${value} class="side1"><input type="radio" name="side" checked=${side === value} onChange=${() => { setSide(value); setWrong(["", ""]) }} />
        <span><b>${label}</b><span class="meta">${says}</span></span></label>`)}</div></fieldset>${why("side")}
      <label class="tick"><input type="checkbox" checked=${looksOn} onChange=${(e) => { setLooksOn(e.target.checked); setWrong(["", ""]) }} /><span>I only look on</span></label>
      <button class="btn p big" type="submit" disabled=${isBusy}>Come in${icon("next", "dir")}</button></form></main></div>`
}

// --- the lobby

const plannedAt = (room) => (room.workshop.value?.planned_at ? new Date(room.workshop.value.planned_at).getTime() : 0)
export const spelled = (code) => (code.match(/.{1,2}/g) ?? []).join(" ")

export function Lobby({ room, doc, isPhone }) {
  useClock()
  const told = room.room.value, shop = room.workshop.value, leads = room.leads.value, [isPlanning, plan] = useState(false), [isOpening, openPrepare] = useState(false)
  const all = told.agenda.reduce((sum, b) => sum + b.minutes, 0), questions = room.steps.value.length, ended = told.status === "ended"
  const lead = ended ? "It has ended. Everything that was written is in its record." : told.status === "paused" ? "The room rests. What was written stays where it is."
    : `${all} minutes, ${counted(questions, "question")}. At the end the charter is written, and you see what is missing to sign it.`
  return html`<div class="lobby">
    <header><div class="grow"><h1 dir="auto">${shop.name}</h1><p class="lead">${lead}</p></div>
      ${leads && !isPhone && !ended ? html`<a class="btn q" href=${bigHref()} target="_blank" rel="noopener">${icon("screen")}Show on the projector</a>` : null}</header>
    ${shop.demo ? html`<p class="banner calm">${icon("info", "s")}This is a try-out: the others are replayed, and nothing of it is real. Its project is put away when you end it.</p>` : null}
    <div class="lob"><div>
      ${ended ? html`<${After} doc=${doc} />` : html`<${JoinCard} shop=${shop} room=${room} />`}
      ${!told.started && shop.follows?.open.length ? html`<${LeftOpen} follows=${shop.follows} />` : null}
      ${ended ? null : html`<section><div class="between"><h2>Agenda</h2>${leads && !isPhone ? html`<button type="button" class="btn sm q" aria-expanded=${String(isPlanning)} onClick=${() => plan(!isPlanning)}>${icon("pen")}${isPlanning ? "Done" : "Change the agenda"}</button>` : null}</div>
        ${isPlanning ? html`<${Plan} room=${room} />` : html`<${Times} room=${room} />`}</section>`}</div>
      <div><${People} room=${room} leads=${leads} ended=${ended} />
        ${ended ? null : html`<${Prepared} room=${room} leads=${leads} isOpening=${isOpening} openPrepare=${openPrepare} />`}
        <p class="wrong" role="alert">${room.error.value}</p>
        ${ended ? null : html`<${Begin} room=${room} leads=${leads} isPhone=${isPhone} />`}</div></div></div>`
}

function JoinCard({ shop, room }) {
  const [isCopied, copied] = useState(false), link = new URL(shop.link, root).href
  const copy = () => navigator.clipboard?.writeText(link).then(() => copied(true), () => {})
  return html`<div class="joincard"><img src=${api(`workshops/${room.id}/qr.svg`)} alt=${"QR code of the link to join"} width="148" height="148" />
    <div class="grow"><p class="label">Join from any device, no account</p><p class="code" aria-label=${`Code ${shop.code.split("").join(" ")}`}>${spelled(shop.code)}</p>
      <p class="small"><span class="mute">${joinAddress()}</span> ${navigator.clipboard ? html`<button type="button" class="linkb" onClick=${copy}>${icon("link", "s")}${isCopied ? "Copied" : "Copy link"}</button>` : html`<a href=${link}>${link}</a>`}<span class="off" role="status">${isCopied ? "The link is copied." : ""}</span></p></div></div>`
}
export const joinAddress = () => new URL("join", root).href.replace(/^https?:\/\//, "")

// What the workshop before left, with who finds it out and by when.
function LeftOpen({ follows }) {
  return html`<section><h2>Left open by “<bdi>${follows.name}</bdi>”</h2><ul class="openpoints">${follows.open.slice(0, OPEN_SHOWN).map((one) => html`<li key=${one.question}><span dir="auto">${one.says || one.short}</span>
    <span class="meta">${[{ parked: "parked", unknown: "not known yet", open: "not asked" }[one.how], one.who, one.by ? `by ${dayWords(one.by)}` : ""].filter(Boolean).join(", ")}</span></li>`)}</ul>
    ${follows.open.length > OPEN_SHOWN ? html`<p class="meta">and ${follows.open.length - OPEN_SHOWN} more</p>` : null}</section>`
}

// What the workshop has led to, and what comes next.
function After({ doc }) {
  const sign = doc?.derived.value?.sign, [label, page] = sign?.next.length ? ["See what is missing", "home"] : ["Read the charter", "charter"]
  return html`<section class="card after"><h2>${sign ? `To sign: ${sign.met} of ${sign.of}` : "To sign"}</h2>${sign ? html`<${Dashes} ...${sign} />` : null}
      ${sign?.next.length ? html`<ul class="todo">${sign.next.map(([message, isUnknown, part, place]) => html`<li key=${message + place}>${icon("ring", "s")}<span><a class="t" href=${placeHref(root, doc, part, place)} onClick=${follow} dir="ltr">${firstSentence(message)}</a>${isUnknown ? html` <span class="meta">not known yet</span>` : null}</span></li>`)}</ul>` : null}
      <p><a class="btn p" href=${pageHref(root, page, doc?.project)} onClick=${follow}>${label}${icon("next", "dir")}</a></p></section>
    <p class="banner calm">${icon("charter", "s")}<span class="grow">The record says what was written, counted and decided.</span><a href=${pageHref(root, "workshops", doc?.project)} onClick=${follow}>Open the record</a></p>`
}

// Blocks with the time of day at which each begins: as planned, or from now on.
function Times({ room }) {
  const told = room.room.value, start = told.started ?? (plannedAt(room) || room.now()), ends = []
  let at = start
  for (const block of told.agenda) { ends.push(at); at += block.minutes * MINUTE_MS }
  return html`<ol class="times">${told.agenda.map((block, n) => html`<li key=${block.key}><time>${clock(ends[n])}</time><span><b>${block.title}</b><span class="says">${block.says}</span></span><span class="m">${block.minutes} min</span></li>`)}
    <li><time>${clock(at)}</time><span class="mute">End</span><span></span></li></ol>`
}

function People({ room, leads, ended }) {
  const people = room.people.value, here = people.filter((p) => p.here).length, { prepare } = room.room.value, me = room.me.value
  const most = prepare.questions.length
  return html`<section><h2>${here === people.length ? `${counted(here, "person is", "people are")} here` : `${here} of ${people.length} are here`}</h2>
    <ul class="ppl">${people.map((p) => html`<li key=${p.id}><${Face} person=${p} isHere=${p.here} isNamed=${true} /><span class="grow"><b dir="auto">${p.name}</b>${p.id === me ? html` <span class="mute">(you)</span>` : null}
      <span class="says">${[SIDES.find(([value]) => value === p.side)?.[1], p.role === "leads" ? "leads today" : p.role === "looks_on" ? "looks on" : "", p.here ? "" : "not here"].filter(Boolean).join(", ")}</span></span>
      ${most && p.role !== "looks_on" ? html`<span class="pw ${p.prepared >= most ? "done" : ""}">${p.prepared >= most ? html`${icon("tick", "s")}has prepared` : p.prepared ? `${p.prepared} of ${most} prepared` : "not prepared"}</span>` : null}
      ${!ended && (leads || p.id === me) ? html`<${Popup} label=${`What ${p.name} does`} look="sm q ico" face=${icon("more")} items=${[...(leads ? rolesOf(room, p) : []), ...(p.id === me ? sidesOf(room, p) : [])]} />` : null}</li>`)}</ul></section>`
}
const choice = (label, isChosen, choose) => (close) => html`<button type="button" class="item" aria-pressed=${String(isChosen)} onClick=${() => { close(); choose() }}>${label}${isChosen ? " ✓" : ""}</button>`
const rolesOf = (room, person) => Object.entries(ROLES).map(([role, label]) => choice(label, person.role === role, () => room.act({ kind: "hand_over", person: person.id, role })))
// Whoever comes in says for whom they speak; one who says so anew comes in anew.
const sidesOf = (room, { name, side, role }) => SIDES.map(([value, label]) => choice(`Speaks for the ${label.toLowerCase()} side`, side === value, () => room.act({ kind: "join", name, side: value, role })))

// What people write before the room meets.
function Prepared({ room, leads, isOpening, openPrepare }) {
  const { prepare, started } = room.room.value, [until, setUntil] = useState(() => dayWords(today(new Date(plannedAt(room) || Date.now() + 3 * 86_400_000)))), [wrong, setWrong] = useState("")
  // What is written without a name cannot be counted as somebody's.
  const silent = room.steps.value.filter((s) => s.kind === "gather" && !s.anonymous && !s.outcome).map((s) => s.key)
  const open = (e) => {
    e.preventDefault()
    const day = until.trim() ? isoOf(until) : null
    if (day === "") { setWrong("Write the day like 12 Feb 2027."); return }
    room.act({ kind: "prepare", questions: silent, until: day })
    openPrepare(false)
  }
  if (prepare.questions.length) {
    const first = prepare.questions.find((key) => !room.own(key).cards.length) ?? prepare.questions[0], left = prepare.questions.filter((key) => !room.own(key).cards.length).length
    return html`<div class="banner calm">${icon("hidden")}<span class="grow">What people prepare stays hidden until its question. <b>${counted(prepare.cards, "thought")}</b> ${prepare.cards === 1 ? "waits" : "wait"}.${prepare.until ? ` Open until ${dayWords(prepare.until)}.` : ""}
      ${room.takesPart.value && !started ? html`<br /><button type="button" class="linkb" onClick=${() => room.look(first)}>${left ? `Prepare ${counted(left, "question")}` : "Look at what you prepared"}</button>` : null}
      ${leads ? html` <button type="button" class="linkb" onClick=${() => room.act({ kind: "prepare", questions: [], until: null })}>Close them</button>` : null}</span></div>`
  }
  if (!leads || started || !silent.length) return null
  if (!isOpening) return html`<p><button type="button" class="linkb" onClick=${() => openPrepare(true)}>${icon("pen", "s")}Open questions before you meet</button></p>`
  return html`<form class="card ask-form" onSubmit=${open}><p class="small">${counted(silent.length, "question")} can be answered before you meet. What people write stays hidden until its question comes up.</p>
    <label><span class="label">Until</span><input class="control" value=${until} aria-invalid=${wrong ? "true" : undefined} onInput=${(e) => { setUntil(e.target.value); setWrong("") }} /></label>
    <div class="row"><button class="btn" type="submit">Open them now</button><button type="button" class="btn q" onClick=${() => openPrepare(false)}>Cancel</button></div>
    ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : null}</form>`
}

function Begin({ room, leads, isPhone }) {
  const told = room.room.value, next = room.steps.value.find((s) => s.outcome !== "taken"), planned = plannedAt(room), inMinutes = Math.round((planned - room.now()) / MINUTE_MS)
  const leaders = room.people.value.filter((p) => p.role === "leads"), isLed = leaders.some((p) => p.here)
  const when = planned && !told.started ? `Planned for ${clock(planned)}${inMinutes > 0 && inMinutes < 600 ? `, in ${inMinutes} min` : ""}.` : ""
  if (!leads) {
    const who = leaders.map((p) => p.name).join(" or ")
    return html`<div class="start1"><p class="meta" role="status">${isLed ? html`${when} <bdi>${who}</bdi> starts it.` : html`${when} Nobody who leads is here.`}</p>
      ${isLed || !room.takesPart.value ? null : html`<button type="button" class="btn sm" onClick=${() => room.act({ kind: "take_over" })}>Lead from here</button>`}</div>`
  }
  return html`<div class="start1 ${isPhone ? "docked" : ""}">${next ? html`<button type="button" class="btn p big" onClick=${() => room.act({ kind: "go", question: next.key, seen: told.now })}>${icon("play")}${told.started ? "Go on" : "Start"}</button>` : html`<button type="button" class="btn p big" onClick=${() => room.act({ kind: "end" })}>End the workshop</button>`}
    <span class="meta">${when}${when && inMinutes > 0 ? html`<br />Starting early shifts the agenda.` : ""}</span></div>`
}
