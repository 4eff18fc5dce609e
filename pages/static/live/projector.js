// For the wall: the question, what the room may see of the answers, the time, and how to come in. Nothing to press.
import { UNKNOWN } from "./doc.js"
import { html } from "./html.js"
import { joinAddress, spelled } from "./lobby.js"
import { figure, unitOf } from "./room-figures.js"
import { standing } from "./room-gather.js"
import { Faces, Timer } from "./room-who.js"
import { ToSign } from "./room-frame.js"
import { api } from "./server.js"
import { counted } from "./times.js"
import { cut, words } from "./words.js"

const GROUPS_SHOWN = 3, CARDS_SHOWN = 4, DOTS_DRAWN = 24, ANSWERS_SHOWN = 5

export function Projector({ room, doc }) {
  const told = room.room.value, question = told.question, steps = room.steps.value, at = steps.findIndex((s) => s.key === told.now), shop = room.workshop.value
  const code = spelled(shop.code)
  return html`<div class="room bare"><main class="pz">
    <div class="row between"><p class="where">${question ? html`<b>${steps[at]?.block.title}</b>, question ${at + 1} of ${steps.length}` : html`<bdi>${doc?.name.value}</bdi>`}</p><${Faces} room=${room} question=${question} look="l" /></div>
    ${question ? html`<${Asked} room=${room} question=${question} doc=${doc} />` : html`<${Waiting} room=${room} code=${code} />`}
    <div class="pf"><p class="row">${question ? html`<img src=${api(`workshops/${room.id}/qr.svg`)} alt="QR code to join" width="88" height="88" /><span>Join: ${joinAddress()} <b>${code}</b></span>` : null}</p><${ToSign} doc=${doc} /></div></main></div>`
}

function Waiting({ room, code }) {
  const shop = room.workshop.value, told = room.room.value, here = told.people.filter((p) => p.here).length
  return html`<div class="pw-lobby"><div><h1>${told.status === "ended" ? "Thank you" : shop.name}</h1><p class="big-at">${joinAddress()}</p><p class="big-code">${code}</p><p class="pl">${counted(here, "person is", "people are")} here${told.status === "paused" ? ", the room rests" : ""}</p></div>
    <img src=${api(`workshops/${room.id}/qr.svg`)} alt="QR code to join" width="460" height="460" /></div>`
}

function Asked({ room, question, doc }) {
  return html`<div class="ph"><h1>${question.outcome?.says && question.phase === "settled" ? html`<bdi>${question.outcome.says}</bdi>` : question.ask}</h1><${Timer} room=${room} isBig=${true} /></div>
    <${Numbers} room=${room} doc=${doc} />
    <${Answers} room=${room} question=${question} doc=${doc} />`
}

// Where the question is about a number: how it stands today, and what is wanted, as far as the charter knows.
function Numbers({ room, doc }) {
  const shown = room.targets.value.filter((t) => !t.is_option).map((t) => [t, numbersOf(doc, t)]).filter(([, told]) => told.length).slice(0, GROUPS_SHOWN)
  if (!shown.length) return null
  return html`<div class="pn">${shown.map(([target, told]) => html`<section key=${target.id}>${shown.length > 1 ? html`<h2 dir="auto">${target.title}</h2>` : null}<dl>${told.map(([label, said]) => html`<div key=${label}><dt>${label}</dt><dd dir="auto">${said}</dd></div>`)}</dl></section>`)}</div>`
}

// The fields of a list that say a number of today and one that is wanted. A goal takes that of today from its problem.
const TODAY_AND_WANTED = { problems: [["Today", "baseline_value"]], goals: [["Wanted", "wanted"], ["By", "wanted_on"]], rungs: [["Today", "current"], ["Wanted", "target"]], targets: [["Wanted", "target"]] }
function numbersOf(doc, { part, list, record, now, unit }) {
  if (!doc || !record) return []
  const own = unitOf(unit).own, today = now === null ? [] : [["Today", figure(now, own)]]
  const told = (TODAY_AND_WANTED[list] ?? []).map(([label, name]) => [label, words(doc, part, list, record, doc.spec(part, list, name))])
  return [...today, ...told].filter(([, said]) => said && said !== UNKNOWN)
}

function Answers({ room, question, doc }) {
  const { phase, kind, groups, cards } = question
  if (kind === "answer") return html`<${Typed} room=${room} question=${question} doc=${doc} />`
  if (phase === "writing") return html`${kind === "gather" ? standing(doc, question).slice(0, GROUPS_SHOWN).map(({ record, text }) => html`<p key=${record} class="pl">In the charter already: <q dir="auto">${cut(text, 160)}</q></p>`) : null}
    <p class="pl">${kind === "gather" ? (question.count ? `${counted(question.count, "thought")} so far, hidden` : "Nobody wrote anything yet") : question.done.length ? `${counted(question.done.length, "person has", "people have")} answered, hidden` : "Nobody answered yet"}</p>`
  if (kind === "estimate" && question.guesses) return html`<${Ranges} room=${room} question=${question} />`
  if (kind === "live_with" && question.stands) return html`<${Hands} room=${room} question=${question} />`
  if (kind === "decide") return html`<${Options} room=${room} question=${question} />`
  const taken = phase === "settled" ? groups?.filter((group) => question.outcome?.chosen.includes(group.id)) : [], all = taken?.length ? taken : groups
  if (!all?.length) return null
  const shown = all.slice(0, GROUPS_SHOWN), left = all.length - shown.length
  return html`<div class="pg">${shown.map((group, n) => html`<section key=${group.id} class=${n === 0 && group.dots ? "w" : ""}>
      ${group.dots === null ? null : html`<p class="pv"><span aria-hidden="true">${Array.from({ length: Math.min(DOTS_DRAWN, group.dots) }, (_, i) => html`<i key=${i}></i>`)}</span><span>${counted(group.dots, "vote")}</span></p>`}
      <h2 dir="auto">${group.title}</h2><ul>${(cards ?? []).filter((c) => c.group === group.id && c.text !== group.title).slice(0, CARDS_SHOWN).map((c) => html`<li key=${c.id} dir="auto">${c.text}</li>`)}</ul></section>`)}</div>
    ${left > 0 ? html`<p class="pl">and ${counted(left, "more group", "more")}</p>` : null}`
}

// What the room decides among; the one that was taken stands alone.
function Options({ room, question }) {
  const given = question.votes?.given, all = room.targets.value.filter((t) => t.is_option), taken = question.phase === "settled" ? all.filter((t) => question.outcome?.chosen.includes(t.id)) : []
  const shown = (taken.length ? taken : given ? all.toSorted((a, b) => (given[b.id] ?? 0) - (given[a.id] ?? 0)) : all).slice(0, 2 * GROUPS_SHOWN)
  return html`<div class="pg">${shown.map((option) => html`<section key=${option.id} class=${taken.length ? "w" : ""}>${given ? html`<p class="pv">${counted(given[option.id] ?? 0, "vote")}</p>` : null}<h2 dir="auto">${option.title}</h2></section>`)}</div>`
}

// What stands in the charter by now, as it is typed.
function Typed({ room, question, doc }) {
  const shown = room.targets.value.slice(0, GROUPS_SHOWN).map((target) => [target, target.fields.map((name) => {
    const spec = doc?.spec(target.part, target.list, name), said = spec ? words(doc, target.part, target.list, target.record, spec) : ""
    return [spec?.label ?? "", said === UNKNOWN ? "not known yet" : said]
  }).filter(([, said]) => said)]).filter(([, told]) => told.length)
  if (!shown.length) return html`<p class="pl">${question.help}</p>`
  return html`<div class="pg">${shown.map(([target, told]) => html`<section key=${target.id} class="w"><h2 dir="auto">${target.title}</h2><ul>${told.slice(0, ANSWERS_SHOWN).map(([label, said]) => html`<li key=${label}><span class="mute">${label}</span><br /><bdi>${said}</bdi></li>`)}</ul></section>`)}</div>`
}

function Ranges({ room, question }) {
  const nameOf = (target) => room.targets.value.find((t) => t.id === target)?.title ?? ""
  const unit = (target) => unitOf(room.targets.value.find((t) => t.id === target)?.unit).own
  const said = (numbers, target) => [...new Set(numbers.filter((n) => n !== null))].map((n) => figure(n, unit(target))).join(" – ")
  return html`<div class="pg">${question.guesses.slice(0, GROUPS_SHOWN).map((one) => html`<section key=${one.target} class="w"><h2 dir="auto">${nameOf(one.target)}</h2>
    <ul>${question.outcome?.agreed?.[one.target] ? html`<li><b>${said(question.outcome.agreed[one.target], one.target)}</b> <span class="mute">agreed</span></li>` : one.pooled ? html`<li><b>${said(one.pooled, one.target)}</b> <span class="mute">the range of all</span></li>` : null}
      ${[...one.guesses].sort((a, b) => a.likely - b.likely).slice(0, 8).map((g, n) => html`<li key=${n}>${g.by ? html`<bdi>${room.person(g.by).name}</bdi>: ` : null}${said([g.low, g.likely, g.high], one.target)}</li>`)}</ul></section>`)}</div>`
}

function Hands({ room, question }) {
  const nameOf = (target) => room.targets.value.find((t) => t.id === target)?.title ?? "", targets = [...new Set(question.stands.map((s) => s.target))]
  return html`<div class="pg">${targets.slice(0, GROUPS_SHOWN).map((target) => {
    const of = question.stands.filter((s) => s.target === target)
    return html`<section key=${target}><h2 dir="auto">${nameOf(target)}</h2><ul>${of.map((s) => html`<li key=${s.by}><bdi>${room.person(s.by).name}</bdi>: ${counted(s.fingers, "finger")}</li>`)}</ul></section>`
  })}</div>`
}
