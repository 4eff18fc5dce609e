// The plan as days: a row per milestone, coloured by its state; whoever moves its end says why in the same place.
import { useEffect, useRef, useState } from "./vendor/hooks.js"
import { course, LOOKS } from "./course.js"
import { newId } from "./doc.js"
import { Drawer } from "./drawer.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { follow, placeHref } from "./address.js"
import { root } from "./server.js"
import { go, opened } from "./nav.js"
import { records } from "./records.js"
import { counted, dayWords, today } from "./times.js"
import { useWindow } from "./window.js"

const PART = "milestones", LIST = "milestones"
const DAY = 86_400_000, LABEL_PX = 68, BEGINS_AT = 4
const num = (iso) => Math.round(Date.parse(iso) / DAY), iso = (day) => new Date(day * DAY).toISOString().slice(0, 10)
const cell = (doc, id, name) => doc.cell(`${PART}/${LIST}/${id}/${name}`)
const value = (doc, id, name) => cell(doc, id, name).value.value || ""

// Milestones in order of time; those without a day come last.
function inOrder(doc, ids) {
  const key = (id) => `${value(doc, id, "due") || "9999"} ${value(doc, id, "start") || "9999"}`
  return ids.map((id) => [key(id), id]).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, id]) => id)
}

// The days of a milestone, as numbers; those that nobody knows are left out.
function daysOf(doc, id, told) {
  const due = value(doc, id, "due"), reached = told?.reached ?? ""
  const start = value(doc, id, "start") || told?.start || ""
  const end = reached || due || told?.half || ""
  const named = { due, start, end, signed: told?.signed, half: reached ? "" : told?.half, most: reached ? "" : told?.most }
  return Object.fromEntries(Object.entries(named).filter(([, day]) => day).map(([name, day]) => [name, num(day)]))
}

function scaleOf(doc, ids, rows) {
  const all = [num(today())]
  for (const id of ids) all.push(...Object.values(daysOf(doc, id, rows[id])))
  const first = Math.min(...all), last = Math.max(...all), room = Math.max(7, Math.round((last - first) / 30))
  const from = first - room, to = last + room
  return { from, to, at: (day) => `${((day - from) / (to - from)) * 100}%`, days: to - from }
}

// First days of months, as many as have room for their names.
function months({ from, to, days }, px) {
  const fits = Math.max(1, Math.floor(px / LABEL_PX)), step = [1, 2, 3, 6, 12, 24, 60, 120].find((n) => days / 30.4 / n <= fits) ?? 240
  const begin = new Date(from * DAY), found = []
  for (let at = begin.getUTCFullYear() * 12 + begin.getUTCMonth(); ; at++) {
    const day = Date.UTC(Math.floor(at / 12), at % 12, 1) / DAY
    if (day > to) return found
    if (day < from || at % step) continue
    const [, name, year] = dayWords(iso(day)).split(" ")
    found.push([day, step >= 12 ? year : at % 12 && found.length ? name : `${name} ${year}`])
  }
}

// What is said below the name: how it stands, and of whom it is.
function says(doc, id, told, days) {
  const owner = value(doc, id, "owner"), now = num(today()), late = days.due ? now - days.due : 0, state = told?.state
  const day = days.due ? dayWords(iso(days.due)) : "no day yet"
  const words = state === "late" ? (late > 0 ? `Late ${counted(late, "day")}` : "Late")
    : state === "done" ? `Reached ${days.end ? dayWords(iso(days.end)) : ""}`
    : state === "at_risk" ? `At risk, ${day}` : state === "stopped" ? `Stopped, ${day}` : day
  const later = told?.later > 0 && state !== "late" ? `later than signed by ${counted(told.later, "working day")}` : ""
  return { look: LOOKS[state] ?? "", words, later, owner, day }
}
const shortState = (words) => words.split(", ")[0].replace(/^Reached .*/, "Reached")

export function Timeline({ doc, data }) {
  return doc.schema[PART] ? html`<${Shown} doc=${doc} rec=${records(doc, PART, LIST)} withDrawer=${Boolean(data.drawer)} />` : null
}

function Shown({ doc, rec, withDrawer }) {
  const ul = useRef(), [px, setPx] = useState(600), told = course(doc).value, rows = told?.rows ?? {}
  const ids = inOrder(doc, rec.ids.value), scale = scaleOf(doc, ids, rows), archived = Boolean(doc.archived.value)
  const chart = useRef()
  useEffect(() => {
    if (!chart.current) return
    const watch = new ResizeObserver(([one]) => setPx(one.contentRect.width))
    watch.observe(chart.current)
    return () => watch.disconnect()
  }, [!ids.length])
  // The name of a month gives way to that of today.
  const now = num(today()), named = months(scale, px), apart = (day) => ((day - now) / scale.days) * px, isFree = ([day]) => apart(day) > 32 || apart(day) < -LABEL_PX - 30
  const { parts, least } = useWindow(ids, ul, [])
  if (!ids.length) return html`<p class="empty">${doc.schema[PART].lists[LIST].begin}${withDrawer ? html` <a href=${placeHref(root, doc, PART, `${LIST}..`)}>Plan the first milestone</a>` : null}</p>`
  const row = (id) => html`<${Row} key=${id} doc=${doc} id=${id} scale=${scale} px=${px} told=${rows[id]} signed=${Boolean(told?.signed)} archived=${archived}
    isOpen=${withDrawer && opened.value === `${LIST}/${id}`} open=${() => go(LIST, id)} />`
  return html`<section class="timeline" aria-label="Timeline">
    <div class="axis" aria-hidden="true"><div class="chart" ref=${chart} dir="ltr">
      ${named.filter(isFree).map(([day, name]) => html`<span key=${day} class="month" style=${{ left: scale.at(day) }}>${name}</span>`)}
      <span class="now" style=${{ left: scale.at(now) }}>Today</span></div></div>
    <div class="body"><div class="lines" aria-hidden="true"><div class="chart" dir="ltr">
        ${named.map(([day]) => html`<i key=${day} style=${{ left: scale.at(day) }}></i>`)}
        <i class="today" style=${{ left: scale.at(now) }}></i></div></div>
      <ul ref=${ul} style=${least ? { minHeight: `${least}px` } : {}}>${parts.map((one) => ("row" in one ? row(ids[one.row])
        : html`<li key=${`gap ${one.from}`} style=${{ height: `${one.gap}px`, border: 0 }} aria-hidden="true"></li>`))}</ul></div>
    <p class="legend">${told?.signed ? html`<span><i class="mark"></i>signed date</span>` : html`<span><i class="bar plain"></i>not signed yet</span>`}
      <span><i class="tail"><b></b></i>half of all cases, then 8 of 10</span>
      ${archived ? null : html`<a href=${placeHref(root, doc, PART, "baselines..")} onClick=${follow}>${told?.signed ? "Agree on new dates" : "Sign these dates"}</a>`}</p>
    <p class="off" role="status">${rec.said.value}</p>
    ${withDrawer ? html`<${Drawer} rec=${rec} archived=${archived} />` : null}</section>`
}

function Row({ doc, id, scale, px, told, signed, archived, isOpen, open }) {
  const [aim, setAim] = useState(null), [moved, setMoved] = useState(null), ref = useRef()
  const days = daysOf(doc, id, told), said = says(doc, id, told, days), name = records(doc, PART, LIST).named(id)
  const end = aim ?? days.end, now = num(today()), isLate = told?.state === "late"
  const until = isLate && aim === null ? Math.max(end, now) : end, begin = Math.min(days.start ?? end, end)
  const mayMove = !archived && days.due !== undefined && told?.state !== "done"
  const at = (day) => scale.at(Math.max(scale.from, Math.min(scale.to, day)))
  const width = (from, to) => `${(Math.max(0, Math.min(to, scale.to) - Math.max(from, scale.from)) / scale.days) * 100}%`
  const place = (day) => { setMoved(null); setAim(Math.max(days.start ?? scale.from, Math.min(scale.to, day))) }
  const leave = () => { setAim(null); ref.current.querySelector(".grip")?.focus() }
  const looks = ["tlrow", isOpen && "sel", said.look, !signed && "unsigned"].filter(Boolean).join(" ")
  return html`<li class=${looks} data-id=${id} ref=${ref}>
    <div class="line"><button class="open" data-walk data-id=${id} aria-haspopup="dialog" onClick=${open}>
        <span class="t" dir="auto">${name}</span>
        <span class="below"><span class="state">${said.words}</span>${said.owner ? html` · <bdi>${said.owner}</bdi>` : null}
          ${said.later ? html`<span class="later">${said.later}</span>` : null}</span>
        <span class="asrow"><span class="grow"><span class="t" dir="auto">${name}</span>
            <span class="below">${said.look ? html`<span class="badge ${said.look}">${icon(said.look, "s")}${shortState(said.words)}</span>` : html`<span class="chip open">to come</span>`}
            <bdi>${said.owner}</bdi></span></span><time class="meta">${said.day}</time></span></button>
      <div class="chart" dir="ltr">
        ${end === undefined ? html`<span class="nothing">no day yet</span>` : html`
        ${days.most > until ? html`<span class="tail" style=${{ left: at(until), width: width(until, days.most) }}></span>` : null}
        <span class="bar" style=${{ left: at(begin), width: width(begin, until) }}></span>
        ${days.half > until ? html`<span class="half" style=${{ left: at(days.half) }}></span>` : null}
        ${days.signed ? html`<span class="mark" style=${{ left: at(days.signed) }} title=${`Signed: ${dayWords(iso(days.signed))}`}></span>` : null}
        ${mayMove ? html`<${Grip} name=${name} end=${end} scale=${scale} px=${px} place=${place} ask=${() => ref.current.querySelector(".bubble input")?.focus()} leave=${leave} isAsking=${aim !== null} />` : null}`}</div></div>
    ${aim === null || aim === days.due ? null : html`<${Bubble} doc=${doc} id=${id} name=${name} before=${days.due} after=${aim} signed=${signed} at=${at(aim)}
      leave=${leave} done=${(what) => { setAim(null); setMoved(what); ref.current.querySelector("[data-walk]")?.focus() }} />`}
    ${moved ? html`<${Moved} doc=${doc} what=${moved} hide=${() => setMoved(null)} />` : null}</li>`
}

// The end of a bar: pulled by a pointer, moved a day by arrows and a week with Shift.
function Grip({ name, end, scale, px, place, ask, leave, isAsking }) {
  const pull = (e) => {
    if (e.button) return
    e.preventDefault()
    e.currentTarget.focus({ preventScroll: true })
    const from = e.clientX, grip = e.currentTarget
    let isPulled = false
    grip.setPointerCapture(e.pointerId)
    const move = (m) => {
      if (!isPulled && Math.abs(m.clientX - from) < BEGINS_AT) return
      isPulled = true
      place(end + Math.round(((m.clientX - from) / px) * scale.days))
    }
    const drop = () => {
      for (const [type, does] of heard) grip.removeEventListener(type, does)
      if (isPulled) setTimeout(ask)
    }
    const heard = [["pointermove", move], ["pointerup", drop], ["pointercancel", drop]]
    for (const [type, does] of heard) grip.addEventListener(type, does)
  }
  const keys = (e) => {
    const by = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1 }[e.key]
    if (by) { e.preventDefault(); e.stopPropagation(); place(end + by * (e.shiftKey ? 7 : 1)) }
    else if (e.key === "Enter" && isAsking) { e.preventDefault(); ask() }
    else if (e.key === "Escape" && isAsking) { e.preventDefault(); e.stopPropagation(); leave() }
  }
  return html`<span class="grip" role="slider" tabindex="0" aria-label=${`Due date of ${name}`} aria-valuemin=${scale.from} aria-valuemax=${scale.to} aria-valuenow=${end}
    aria-valuetext=${dayWords(iso(end))} title="Drag to move the date; arrows move it by a day" style=${{ left: scale.at(end) }} onPointerDown=${pull} onKeyDown=${keys}></span>`
}

function Bubble({ doc, id, name, before, after, signed, at, leave, done }) {
  const [why, setWhy] = useState(""), [wrong, setWrong] = useState(""), [isBusy, setBusy] = useState(false), field = `why-${id}`
  const save = async () => {
    const reason = why.trim()
    if (!reason && signed) { setWrong("Say in a few words why it moves."); return }
    setBusy(true)
    const move = newId(), day = dayWords(iso(after)), was = doc.cell(`${PART}/${LIST}/${id}/due`).peek().value
    const me = doc.self.peek()?.name ?? ""
    const items = [{ list: LIST, record: id, cells: { due: [was, day] } }]
    const cells = { milestone: id, reason, moved_on: dayWords(today()), before: dayWords(iso(before)), after: day, author: me }
    if (reason) items.push({ list: "moves", record: move, new: true, cells: Object.fromEntries(Object.entries(cells).map(([k, v]) => [k, ["", v]])) })
    const answer = await doc.rows(PART, items)
    setBusy(false)
    const clash = answer?.conflicts?.find((one) => one.field === "due"), no = answer?.refused?.[0]
    if (!answer || answer.ok === false || no) { setWrong(no?.error ?? answer?.error ?? "Not saved. Try again."); return }
    if (clash) {
      if (reason) doc.rows(PART, [{ list: "moves", record: move, remove: true }])
      doc.field(`${PART}/${LIST}/${id}/due`).settle("theirs")
      setWrong(`${clash.by || "Somebody"} moved it meanwhile. Look, then try again.`)
      return
    }
    done({ id, name, move: reason ? move : "", before: iso(before), after: iso(after) })
  }
  const keys = (e) => {
    if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); leave() }
    if (e.key === "Enter" && !e.isComposing && e.target.tagName === "INPUT") { e.preventDefault(); save() }
  }
  return html`<div class="bubble" role="group" aria-label=${`Move ${name}`} style=${{ "--at": at }} onKeyDown=${keys}>
    <label class="label" for=${field}>${dayWords(iso(before))} → <b>${dayWords(iso(after))}</b>. Why does it move?</label>
    <input class="control" id=${field} value=${why} maxlength="1000" dir="auto" autocomplete="off" placeholder=${`e.g. ${doc.spec(PART, "moves", "reason").example}`}
      aria-invalid=${wrong ? "true" : undefined} aria-describedby=${wrong ? `${field}-wrong` : undefined} onInput=${(e) => { setWhy(e.target.value); setWrong("") }} />
    ${wrong ? html`<p class="wrong" id=${`${field}-wrong`} role="alert">${wrong}</p>` : null}
    <div class="row"><button class="btn p sm" disabled=${isBusy} onClick=${save}>Move the date</button>
      <button class="btn q sm" onClick=${leave}>Leave it</button></div></div>`
}

function Moved({ doc, what, hide }) {
  const back = async () => {
    const was = doc.cell(`${PART}/${LIST}/${what.id}/due`).peek().value
    const items = [{ list: LIST, record: what.id, cells: { due: [was, dayWords(what.before)] } }]
    if (what.move) items.push({ list: "moves", record: what.move, remove: true })
    await doc.rows(PART, items)
    hide()
  }
  return html`<p class="moved" role="status"><span class="grow">Moved to ${dayWords(what.after)}.</span>
    <button class="btn sm" onClick=${back}>Take back</button>
    <button class="btn q sm ico" aria-label="Hide this line" onClick=${hide}>${icon("close", "s")}</button></p>`
}
