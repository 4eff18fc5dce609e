// The home of a project: its charter on one page, written by itself, and beside it what to do next.
import { signal } from "./vendor/signals-core.js"
import { useEffect, useState } from "./vendor/hooks.js"
import { follow, pageHref, placeHref, roomHref } from "./address.js"
import { root, UNKNOWN } from "./doc.js"
import { Exports, fileHref } from "./exports.js"
import { Face } from "./face.js"
import { Badge, Dashes, isUnsigned, standing } from "./health.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { Tabs } from "./nav.js"
import { called } from "./people.js"
import { usePhone } from "./phone.js"
import { item, Popup } from "./popup.js"
import { read } from "./server.js"
import { ago, dayWords, today, useClock } from "./times.js"
import { firstSentence } from "./words.js"

const SETTLE_MS = 700
const RUNS = ["signed", "on_track", "at_risk", "late"]
const MET = "Nothing is missing to sign."

// Sentences of ours keep their direction whatever name they begin with; what people wrote has its own.
const lead = (dir) => (doc, [part, place], look, words) => html`<a class=${look} href=${placeHref(root, doc, part, place)} onClick=${follow} dir=${dir}>${words}</a>`
const ours = lead("ltr"), theirs = lead("auto")

// --- what was changed last: read by the title, a moment after anybody saved

const kept = new WeakMap()
function lastOf(doc) {
  if (!kept.has(doc)) kept.set(doc, signal([]))
  return kept.get(doc)
}

function useChanges(doc) {
  const last = lastOf(doc), number = doc.number.value
  useEffect(() => {
    let isLeft = false
    const look = () => read(`projects/${doc.project}/changes`).then((answer) => { if (!isLeft && answer.ok) last.value = answer.told }, () => {})
    const timer = setTimeout(look, last.peek().length ? SETTLE_MS : 0)
    return () => { isLeft = true; clearTimeout(timer) }
  }, [number])
}

// --- workshops

// Those of the project: { open, past }, newest first; null until it is known, and where nobody asks.
function useWorkshops(doc, isAsked) {
  const [told, set] = useState(null)
  useEffect(() => {
    if (!isAsked) return undefined
    let isLeft = false
    read(`projects/${doc.project}/workshops`).then((answer) => { if (!isLeft && answer.ok) set(answer.told) }, () => {})
    return () => { isLeft = true }
  }, [doc, isAsked])
  return told
}

// Where one goes on, that is offered; what makes another is loaded when somebody wants it.
function Workshop({ doc, workshops, ask }) {
  const [going] = workshops?.open ?? []
  if (going) return html`<a class="btn" href=${roomHref(root, doc.project, going.id)} onClick=${follow}>Go on with the workshop</a>`
  return html`<button type="button" class="btn" aria-haspopup="dialog" onClick=${ask}>Start a workshop</button>`
}

// --- title

export function HomeHead({ doc, data, emit }) {
  useChanges(doc)
  useClock()
  const last = lastOf(doc).value
  const owner = doc.field("project///owner").raw, isOwned = owner && owner !== UNKNOWN
  const changed = last[0] ? `last change ${ago(last[0].at, doc.skew)}${last[0].by ? ` by ${last[0].by}` : ""}` : ""
  const act = (what, label) => item(label, () => emit("act", what))
  const isHome = Boolean(data.tabs), isPhone = usePhone()
  const workshops = useWorkshops(doc, isHome), [form, show] = useState(null)
  const ask = () => import("./lobby-start.js").then((module) => show(() => module.StartWorkshop))
  const keep = () => import("./keep.js").then((module) => show(() => module.Keep))
  const link = (page, label) => () => html`<a class="item" href=${pageHref(root, page, doc.project)} onClick=${follow}>${label}</a>`
  const ofHome = () => [
    ...(workshops?.open.length ? [item("Start another workshop", ask)] : []),
    ...(workshops?.open.length || workshops?.past.length ? [link("workshops", "Workshops")] : []),
    ...(doc.archived.value ? [act("restore", "Restore")] : [act("duplicate", "Duplicate"), act("archive", "Archive")]),
    (close) => html`<a class="item" href=${fileHref(doc, "charter.json")} download onClick=${() => setTimeout(close)}>Export as JSON</a>`,
    link("history", "History"),
  ]
  const ofCharter = () => [...(doc.archived.value ? [] : [item("Keep as version", keep), link("bring_back", "Bring changes back"), link("hand_over", "Hand over")]), link("history", "History")]
  const more = isHome ? ofHome() : ofCharter()
  return html`<header class="hh"><div class="grow"><h1 dir="auto">${doc.name.value}</h1>
      <p class="under"><${Badge} spans=${doc.derived.value?.health} /><span class="meta">${isOwned ? html`Owner <bdi>${owner}</bdi>` : ours(doc, ["project", "..owner"], "unk", "Name the owner")}
        ${changed ? html` · ${changed}` : null}</span></p></div>
    <div class="ways">${isHome && !doc.archived.value ? html`<${Workshop} doc=${doc} workshops=${workshops} ask=${ask} />` : null}
      ${isHome ? null : html`<a class="btn q" href=${pageHref(root, "compare", doc.project)} onClick=${follow}>${icon("history")}${isPhone ? "Compare" : "Compare versions"}</a>`}
      <${Exports} doc=${doc} exports=${data.exports} /><${Popup} label="More" look="q ico" face=${icon("more")} items=${more} /></div></header>
    ${form ? html`<${form} doc=${doc} before=${workshops?.past[0] ?? workshops?.open[0] ?? null} close=${() => show(null)} done=${() => emit("act", "kept")} />` : null}
    ${doc.archived.value ? html`<p class="banner calm" role="status">${icon("info", "s")}This project is archived. Restore it to change it.</p>` : null}
    ${isHome ? html`<${Tabs} doc=${doc} data=${data} />` : null}`
}

// --- the charter on one page

const isInField = ({ at }) => Boolean(at.split("/")[3])

function Piece({ doc, piece: [words, look, ...place] }) {
  if (!place.length) return html`<bdi class=${look ? `is-${look}` : undefined}>${words}</bdi>`
  return html`${words.startsWith(" ") ? " " : ""}${ours(doc, place, "unk", words.trim())}${look ? html`<span class="meta"> (not known yet)</span>` : null}`
}

function Row({ doc, row: [key, title, pieces, writtenIn] }) {
  const who = doc.people.value.filter((p) => isInField(p) && writtenIn.some((at) => p.at.startsWith(at)))
  const names = who.map(called).join(", "), does = who.some((p) => p.typing) ? (who.length > 1 ? "are writing" : "is writing") : who.length > 1 ? "are here" : "is here"
  const told = pieces.map((piece, n) => html`<${Piece} key=${n} doc=${doc} piece=${piece} />`)
  const watched = who.length ? `ed c${who[0].colour}` : ""
  const tag = who.length ? html`<span class="tag">${names} ${does}</span>` : null
  if (key === "asked") return html`<div class="ask ${watched}">${tag}<p dir="auto">${told}</p></div>`
  return html`<div class="cl ${watched}" data-row=${key}>${tag}<h3 dir="auto">${title}</h3><p dir="auto">${told}</p></div>`
}

function Paper({ doc, page }) {
  const spans = doc.derived.value.health, [asked, ...rows] = page.rows
  const stands = !isUnsigned(spans)                                         // until then other rows say the same
  return html`<article class="doc" aria-label="Charter on one page"><${Row} doc=${doc} row=${asked} />
    ${stands ? html`<div class="cl" data-row="today"><h3>Today</h3><p dir="ltr"><${Badge} spans=${spans} /> ${standing(spans, today())[3]}</p></div>` : null}
    ${rows.map((row) => html`<${Row} key=${row[0]} doc=${doc} row=${row} />`)}</article>`
}

// --- to sign

const minutesOf = (doc, part, minutes) => `${doc.schema[part].title}, ${minutes} min`

function Todo({ doc, item: [message, isUnknown, part, place, minutes] }) {
  return html`<li>${icon("ring", "s")}<span>${ours(doc, [part, place], "t", firstSentence(message))}
    <span class="meta">${minutesOf(doc, part, minutes)}${isUnknown ? ", not known yet" : ""}</span></span></li>`
}

// All sixteen, step by step: what is met, and what the others lack.
function Conditions({ doc, sign }) {
  const parts = [...new Set(sign.conditions.map(([, part]) => part))]
  const condition = ([number, , sentence, missing, left]) => html`<li key=${number}>${icon(missing.length ? "ring" : "done", "s")}<span>
    <span class=${missing.length ? "" : "mute"}>${sentence}</span><span class="off">${missing.length ? "" : ", met"}</span>
    ${missing.map(([message, , part, place]) => html`<span class="lack" key=${message + place}>${ours(doc, [part, place], "t", message)}</span>`)}
    ${left ? html`<span class="meta">and ${left} more</span>` : null}</span></li>`
  return html`<div class="all">${parts.map((part) => html`<h3 key=${part}>${doc.schema[part].title}</h3><ul class="todo">
    ${sign.conditions.filter(([, at]) => at === part).map(condition)}</ul>`)}</div>`
}

// What comes next, and where the filled button leads: [words, address, a sentence about it].
function next(doc) {
  const { sign, health } = doc.derived.value, [first] = sign.next, now = health?.length ? standing(health, today()) : null
  if (first) return ["Do the first one", placeHref(root, doc, first[2], first[3]), first[0]]
  if (now && RUNS.includes(now[1])) return ["See how it runs", pageHref(root, "run", doc.project), MET]
  if (now?.[1] === "ready") return ["Read and sign", pageHref(root, "charter", doc.project), now[3]]
  return ["Read the charter", pageHref(root, "charter", doc.project), now?.[3] ?? MET]
}

function ToSign({ doc }) {
  const { sign } = doc.derived.value, [isAll, showAll] = useState(false), [label, href, sentence] = next(doc)
  return html`<section class="card"><div class="between"><h2>To sign</h2><p class="of16">${sign.met} <span>of ${sign.of}</span></p></div>
    <${Dashes} ...${sign} />
    ${sign.next.length ? html`<ul class="todo">${sign.next.map((item) => html`<${Todo} key=${item[0] + item[3]} doc=${doc} item=${item} />`)}</ul>` : html`<p class="why">${sentence}</p>`}
    <a class="btn p full" href=${href} onClick=${follow}>${label}${icon("next", "dir")}</a>
    <button type="button" class="btn q sm full" aria-expanded=${String(isAll)} onClick=${() => showAll(!isAll)}>
      ${isAll ? "Fold" : sign.left ? `and ${sign.left} more` : `All ${sign.of} conditions`}</button>
    ${isAll ? html`<${Conditions} doc=${doc} sign=${sign} />` : null}</section>`
}

// What the sponsor is asked, which has no date of its own, and what is assumed until somebody has checked it.
function Decisions({ doc, decisions }) {
  const isAssumed = ([, , , , place]) => place.startsWith("assumptions.")
  const list = (title, some, dated) => (some.length ? html`<section><h2>${title}</h2><ul class="ch">${some.map(([text, who, due, ...place]) => html`<li key=${text}><${Face} look="s" name=${who} /><span>
    ${theirs(doc, place, "t", text)}<span class="meta">${who ? html`<bdi>${who}</bdi>` : "Nobody yet"}${dated ? (due ? `, by ${dayWords(due)}` : ", no date yet") : null}</span></span></li>`)}</ul></section>` : null)
  return html`${list("Decision asked", decisions.filter((one) => !isAssumed(one)), false)}${list("Assumed, to be checked", decisions.filter(isAssumed), true)}`
}

function LastChanges({ doc }) {
  useClock()
  const last = lastOf(doc).value
  if (!last.length) return null
  return html`<section class="changes"><h2>Last changes</h2><ul class="ch">${last.map(({ by, at, what }, n) => html`<li key=${n}><${Face} look="s" name=${by} /><span>
    <bdi>${by || "Somebody"}</bdi> ${what} <span class="meta">${ago(at, doc.skew)}</span></span></li>`)}</ul>
    <a class="t" href=${pageHref(root, "history", doc.project)} onClick=${follow}>All changes</a></section>`
}

// On a phone: docked below whatever is read.
function Dock({ doc }) {
  const { sign } = doc.derived.value, [label, href, sentence] = next(doc)
  return html`<div class="dock"><p class="grow"><b>To sign: ${sign.met} of ${sign.of}</b><span class="meta" title=${sentence}>${sign.next.length ? "Next: " : ""}${firstSentence(sentence)}</span></p>
    <a class="btn p" href=${href} onClick=${follow}>${sign.next.length ? "Do it" : label}</a></div>`
}

export function Home({ doc }) {
  const told = doc.derived.value, isPhone = usePhone()
  if (!told) return null
  return html`<div class="homeside"><${Paper} doc=${doc} page=${told.page} />
    <aside class="rt" aria-label="What to do next"><${ToSign} doc=${doc} /><${Decisions} doc=${doc} decisions=${told.page.decisions} /><${LastChanges} doc=${doc} /></aside></div>
    ${isPhone ? html`<${Dock} doc=${doc} />` : null}`
}
