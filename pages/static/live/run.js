// How a project runs: its health as a sentence, four facts, the timeline, and what its team says.
import { course } from "./course.js"
import { Drawer } from "./drawer.js"
import { Feed, newest } from "./feed.js"
import { Badge, isUnsigned, standing } from "./health.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { go } from "./nav.js"
import { records } from "./records.js"
import { alarm } from "./noting.js"
import { Timeline } from "./timeline.js"
import { ago, isoOf, today } from "./times.js"

const DAY_MS = 86_400_000
const checkIn = () => dispatchEvent(new Event("check-in"))

// When the team spoke last.
function Last({ doc }) {
  const id = newest(doc)[0], on = id && isoOf(doc.cell(`milestones/checkins/${id}/held_on`).value.typed)
  if (!on) return "Nobody has checked in yet"
  const days = Math.round((Date.parse(today()) - Date.parse(on)) / DAY_MS)
  return `Last check-in ${days > 0 ? ago(Date.now() - days * DAY_MS) : "today"}`
}

export function Run({ doc }) {
  const spans = doc.derived.value?.health, archived = Boolean(doc.archived.value), facts = course(doc).value?.facts ?? []
  const reason = spans?.length ? standing(spans, today())[3] : ""
  return html`<div class="run">
    <header class="top"><div class="grow"><${Badge} spans=${spans} /><h1 class="result" dir="ltr">${reason || "How does it stand?"}</h1></div>
      ${archived ? null : html`<button class="btn p hide-s" onClick=${checkIn}>${icon("pen", "s")}Check in</button>`}</header>
    ${spans?.length && isUnsigned(spans) ? html`<p class="banner calm"><span class="grow">Not signed yet: ${doc.derived.value.sign.met} of ${doc.derived.value.sign.of}.
      Dates move freely until then; after signing, each move says why.</span></p>` : null}
    <dl class="facts4">${facts.map(([label, value, remark]) => html`<div key=${label}><dt>${label}</dt><dd>${value}${remark ? html`<small>${remark}</small>` : null}</dd></div>`)}</dl>
    <${Timeline} doc=${doc} data=${{ drawer: true }} />
    <${Feed} doc=${doc} archived=${archived} />
    <${Drawer} rec=${records(doc, "milestones", "checkins")} archived=${archived} />
    ${archived ? null : html`<div class="dock"><span class="meta grow"><${Last} doc=${doc} /></span><button class="btn p" onClick=${checkIn}>Check in</button></div>`}</div>`
}

// What is watched after launch: the statistics with an alarm first; a row opens its monitor.
export function Watch({ doc }) {
  const rec = records(doc, "rollout", "monitors"), told = course(doc).value?.monitors ?? {}, archived = Boolean(doc.archived.value)
  const rank = { raised: 0, unknown: 1, calm: 2 }, ids = rec.ids.value.map((id) => [rank[told[id]?.[0]] ?? 1, id]).sort(([a], [b]) => a - b).map(([, id]) => id)
  return html`<section class="watch" aria-label="Monitors"><h2>What is watched</h2>
    ${ids.length ? html`<ul class="list">${ids.map((id) => html`<${Watched} key=${id} rec=${rec} id=${id} told=${told[id]} />`)}</ul>`
      : html`<p class="empty">Nothing is watched yet. Name what could go wrong under Rollout; here it raises an alarm when a reading is beyond its threshold.</p>`}
    <${Drawer} rec=${rec} archived=${archived} /></section>`
}
function Watched({ rec, id, told }) {
  const { state, rule, icon: picture, look } = alarm(told), metric = rec.doc.cell(`rollout/monitors/${id}/metric`).value.typed
  return html`<li class="entry"><button class="open" data-walk data-id=${id} aria-haspopup="dialog" onClick=${() => go("monitors", id)}>
    <span class="t" dir="auto">${metric || rec.named(id)}</span><span class="below">${rule}</span></button>
    <span class="stands ${look}">${icon(picture, "s")}${state}</span></li>`
}
