// Estimate: numbers of one's own, unseen; then all of them on one scale, who is furthest apart, and one range out of them.
import { useEffect, useRef, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { affix, figure, places, readFigure, roughly, unitOf } from "./room-figures.js"
import { Face, firstName, leads, listed, useNews, useProposal, useSaying, writes } from "./room-pieces.js"
import { Question } from "./sheet.js"
import { counted } from "./times.js"

const NAMES = ["low", "likely", "high"]
const LABELS = { low: ["At least", "lower in 1 of 10 cases"], likely: ["Most likely", "your best guess"], high: ["At most", "higher in 1 of 10 cases"] }
const RULE = "The middle of the numbers of all: half of them lie below, half above. One that is far out does not move it much."
const UNREAD = "A number, please: 250,000 or 1.2 million. 50.000 may mean 50,000 or 50: write one of these.", ASCENDING = "At least, most likely and at most have to be in ascending order."
const isAscending = (numbers) => numbers.filter((n) => n !== null).every((n, i, said) => !i || n >= said[i - 1])
const asksRange = (target, question) => (target.numbers?.length ? target.numbers : question.numbers).length > 1
const targetsOf = (room, question) => room.targets.value.filter((t) => (t.numbers?.length ?? question.numbers.length) > 0 && !t.is_option)

// --- one's own numbers

// The unit stands with the number before anything is typed: € before it, % behind it.
const Affix = ({ unit, at }) => { const [mark, side] = affix(unit); return mark && side === at ? html`<span class="affix" aria-hidden="true">${mark}</span>` : null }

function Figure({ name, target, value, set, off, id, wrong, done: last }) {
  const unit = short(target.unit), [typed, type] = useState(null), shown = typed ?? figure(value)
  const done = () => { if (typed !== null) { set(readFigure(typed)); type(null) } }
  // Enter goes on: to the next number of the three, then to what is estimated next.
  const keys = (e) => {
    if (e.key !== "Enter" || e.isComposing) return
    done()
    const after = e.target.closest("label").nextElementSibling?.querySelector("input")
    if (after) after.focus()
    else last?.()
  }
  return html`<label class="fig3"><span class="label">${LABELS[name][0]}${unit ? html`<span class="off">, in ${unit}</span>` : null}</span>
    <span class="figbox" dir="ltr"><${Affix} unit=${unit} at="before" /><input inputmode="decimal" autocomplete="off" dir="ltr" disabled=${off} value=${shown} aria-describedby=${wrong ? id : undefined} aria-invalid=${wrong ? "true" : undefined} placeholder="?"
      onFocus=${(e) => e.target.select()} onInput=${(e) => type(e.target.value)} onBlur=${done} onKeyDown=${keys} /><${Affix} unit=${unit} at="after" /></span>
    <span class="meta">${LABELS[name][1]}</span></label>`
}

const short = (unit) => unitOf(unit).own
const beside = (unit) => { const { name, after } = unitOf(unit); return name || after }
// What is estimated, and in what: a sentence for a title takes no full stop before its unit.
const Title = ({ target: { title, unit } }) => (beside(unit) ? html`<bdi>${title.replace(/\.$/, "")}</bdi>, <span class="meta">${beside(unit)}</span>` : html`<bdi>${title}</bdi>`)
const Today = ({ target: { now, unit } }) => (now === null ? null : html`<p class="today">Today it stands at <b>${figure(now, short(unit))}</b>.</p>`)

// The three numbers of this person; what is sent is whole and in order, what is typed stays until it is.
function useNumbers(room, question, target, say) {
  const sent = room.own(question.key).guesses[target.id] ?? [null, null, null], [typed, type] = useState({}), [wrong, complain] = useState("")
  const now = NAMES.map((name, i) => (name in typed ? typed[name] : sent[i]))
  const set = (name) => (n) => {
    if (Number.isNaN(n)) { complain(UNREAD); return }
    const next = { ...typed, [name]: n }, all = NAMES.map((one, i) => (one in next ? next[one] : sent[i]))
    type(next)
    if (!isAscending(all)) { complain(ASCENDING); return }
    complain("")
    if (all.every((one, i) => one === sent[i])) { type({}); return }
    const [low, likely, high] = all
    room.act({ kind: "estimate", question: question.key, target: target.id, low, likely, high }).then((answer) => { if (answer?.ok) type({}) })
    say(`${LABELS[name][0]} ${n === null ? "not said" : figure(n, target.unit)}`)
  }
  return { now, set, wrong }
}

// Where one's own numbers lie to each other, as long as they can be seen on a line.
function OwnRange({ now: [low, likely, high], target }) {
  if (low === null || high === null || low === high) return null
  const scale = places([low, high]), from = scale[0], wide = scale.at(-1) - from, at = (n) => `${((n - from) / wide) * 100}%`
  return html`<div class="ownrange" dir="ltr" aria-hidden="true"><div class="rng"><span class="ax"></span><span class="bar" style=${{ left: at(low), width: `${((high - low) / wide) * 100}%` }}></span>
    ${likely === null ? null : html`<span class="tk" style=${{ left: at(likely) }}></span>`}</div><p class="meta"><span>${roughly(from, short(target.unit))}</span><span>${roughly(scale.at(-1), short(target.unit))}</span></p></div>`
}

// What has to be known before a number can be given, such as what is counted; all write it together.
function Before({ doc, target, off }) {
  const specs = target.before.map((name) => doc.spec(target.part, target.list, name)).filter(Boolean)
  if (!specs.length) return null
  return html`<div class="sheet before" inert=${off}>${specs.map((spec) => html`<${Question} key=${spec.name} doc=${doc} part=${target.part} list=${target.list} record=${target.record} spec=${spec} />`)}</div>`
}

function OneTarget({ room, question, doc, target, say, isOnly, next, focus }) {
  const { now, set, wrong } = useNumbers(room, question, target, say), isRange = asksRange(target, question), id = `wrong-${target.id}`, off = !writes(room, question), box = useRef(), before = question.before.find((one) => one.target === target.id)
  useEffect(() => { if (focus) box.current.querySelector(".fig3 input")?.focus() }, [])
  return html`<fieldset class="est ${isRange ? "" : "single"}" ref=${box}><legend class=${isOnly && !beside(target.unit) ? "off" : ""}><${Title} target=${target} /></legend><${Today} target=${target} />
    <${Before} doc=${doc} target=${target} off=${off} />${before ? html`<${Spread} room=${room} guesses=${before.guesses} spread=${before.spread} agreed=${before.pooled ?? NONE} ours=${`Round ${question.round - 1}, all`} unit=${short(target.unit)} title=${target.title} />` : null}
    <div class="figs3">${(isRange ? NAMES : ["likely"]).map((name) => html`<${Figure} key=${name} name=${name} target=${target} value=${now[NAMES.indexOf(name)]} set=${set(name)} off=${off} id=${id} wrong=${wrong} done=${next} />`)}</div>
    ${wrong ? html`<p class="wrong" id=${id} role="alert">${wrong}</p>` : null}${isRange && isOnly && !before ? html`<${OwnRange} now=${now} target=${target} />` : null}
    ${next ? html`<p><button type="button" class="btn sm" onClick=${next}>Next one${icon("next", "s dir")}</button></p>` : null}</fieldset>`
}

// One of several, in a line: what this person said of it, or that it waits.
function Closed({ room, question, target, open }) {
  const said = room.own(question.key).guesses[target.id], unit = short(target.unit), before = question.before.find((one) => one.target === target.id)
  return html`<div class="est1"><button type="button" aria-expanded="false" onClick=${open}><span class="grow"><${Title} target=${target} /></span>
    ${said && said[1] !== null ? html`<b>${sayRange({ low: said[0], likely: said[1], high: said[2] }, unit)}</b>` : html`<span class="chip open">your numbers</span>`}${icon("down", "s")}</button>
    ${before ? html`<p class="meta">Round ${question.round - 1}, ${counted(before.guesses.length, "person", "people")}: ${sayRange({ low: before.pooled[0], likely: before.pooled[1], high: before.pooled[2] }, unit)}</p>` : null}</div>`
}

export function NoTargets({ what = "There is nothing to estimate yet. Answer the questions before, then come back." }) {
  return html`<p class="empty">${what}</p>`
}

// Who has given theirs, and who is thinking.
export function Given({ room, question }) {
  if (question.round > 1) return null                                       // everybody has: what was said before stands
  const done = new Set(question.done), may = room.people.value.filter((p) => p.role !== "looks_on" && (p.here || done.has(p.id)) && p.id !== room.me.value)
  const [given, thinking] = [may.filter((p) => done.has(p.id)), may.filter((p) => !done.has(p.id))].map((people) => people.map((p) => firstName(room, p.id)))
  const has = (names, one, more) => (names.length ? `${listed(names)} ${names.length > 1 ? more : one}` : "")
  const said = [has(given, "has given theirs.", "have given theirs."), has(thinking, "is thinking.", "are thinking.")].filter(Boolean).join(" ")
  return said ? html`<p class="given">${icon("info", "s")}<bdi>${said}</bdi></p>` : null
}

// Of several ranges one is open at a time: the first that waits for this person's numbers, or the one that they open.
export function Hidden({ room, question, doc }) {
  const [live, say] = useSaying(), targets = targetsOf(room, question), isLong = targets.length > 1 && targets.some((t) => asksRange(t, question)), [at, open] = useState(null)
  const own = room.own(question.key).guesses, waits = targets.find((t) => (own[t.id]?.[1] ?? null) === null) ?? targets[0], begun = useRef(null)
  begun.current ??= waits?.id ?? null                                      // what is being typed stays open, whatever is said meanwhile
  const now = at ?? begun.current, after = (t) => targets[targets.indexOf(t) + 1]
  return html`<section class="theroom">${live}${question.round > 1 ? html`<p class="asksaid">Round ${question.round}: you have heard the others. Keep what you said, or change it.</p>` : null}
    ${targets.map((t) => (isLong && t.id !== now ? html`<${Closed} key=${t.id} room=${room} question=${question} target=${t} open=${() => open(t.id)} />`
      : html`<${OneTarget} key=${t.id} room=${room} question=${question} doc=${doc} target=${t} say=${say} isOnly=${targets.length === 1} focus=${isLong && at !== null} next=${isLong && after(t) ? () => open(after(t).id) : null} />`))}
    ${targets.length ? html`<${Given} room=${room} question=${question} />` : html`<${NoTargets} />`}</section>`
}

// --- all numbers

function Apart({ room, spread, unit }) {
  if (!spread) return null
  const [low, high] = [spread.lowest, spread.highest].map((id) => firstName(room, id))
  return html`<div class="apart"><${Face} room=${room} id=${spread.lowest} look="l" /><${Face} room=${room} id=${spread.highest} look="l" /><p><b><bdi>${low}</bdi> and <bdi>${high}</bdi> are furthest apart. Hear both before anybody changes a number.</b>
    <span><bdi>${low}</bdi> most likely ${roughly(spread.from, unit)}, <bdi>${high}</bdi> ${roughly(spread.to, unit)}.</span></p></div>`
}

const sayRange = ({ low, likely, high }, unit) => (low === null && high === null ? figure(likely, unit) : `${figure(low ?? likely, unit)} to ${figure(high ?? likely, unit)}, most likely ${figure(likely, unit)}`)

// On a phone the first name is enough.
function Called({ room, id }) {
  const [first, ...rest] = (id ? room.person(id).name : "Somebody").split(/\s+/)
  return html`<bdi>${first}${rest.length ? html`<span class="lastname"> ${rest.join(" ")}</span>` : null}</bdi>`
}

// All on one scale, the lowest best guess first.
function Spread({ room, guesses, spread, agreed, unit, title, ours = "" }) {
  const [low, , high] = agreed, all = [...guesses].sort((a, b) => a.likely - b.likely)
  const scale = places([...all.flatMap((g) => [g.low ?? g.likely, g.high ?? g.likely]), ...agreed.filter((n) => n !== null)]), from = scale[0], wide = scale.at(-1) - from
  const at = (n) => `${((n - from) / wide) * 100}%`, span = (a, b) => ({ left: at(a), width: `${((b - a) / wide) * 100}%` })
  const isOut = (g) => Boolean(spread && g.by) && (g.by === spread.lowest || g.by === spread.highest), isRange = low !== null && high !== null && low !== high
  return html`<div class="spread" role="group" aria-label=${`Numbers of ${counted(all.length, "person", "people")} on ${title}`}><div class="axis" aria-hidden="true"><span class="who3"></span><div dir="ltr">${scale.map((n, i) => html`<span key=${n} class=${i % 2 ? "odd" : ""} style=${{ left: at(n) }}>${roughly(n, unit)}</span>`)}</div></div>
    <ul>${all.map((g, i) => html`<li key=${g.by || i} class=${isOut(g) ? "out" : ""}><span class="who3"><${Face} room=${room} id=${g.by} /><${Called} room=${room} id=${g.by} /></span><span class="off">: ${sayRange(g, unit)}</span>
      <div class="line" dir="ltr" aria-hidden="true">${scale.map((n) => html`<i key=${n} class="gl" style=${{ left: at(n) }}></i>`)}${isRange ? html`<i class="band" style=${span(low, high)}></i>` : null}
        ${g.low !== null || g.high !== null ? html`<i class="bar" style=${span(g.low ?? g.likely, g.high ?? g.likely)}></i>` : null}<i class="pt" style=${{ left: at(g.likely) }}></i></div></li>`)}
      <li class="ours" aria-hidden="true"><span class="who3">${ours || (isRange ? "Our range" : "Our number")}</span><div class="line" dir="ltr">${isRange ? html`<i class="bar" style=${span(low, high)}></i>` : null}
        ${agreed.map((n, i) => (n === null || (!isRange && i !== 1) ? null : html`<i key=${i} class="kn" style=${{ left: at(n) }}></i>`))}</div></li></ul></div>`
}

function Agreed({ value, set, unit, label, off }) {
  const [typed, type] = useState(null), done = () => { if (typed !== null) { const n = readFigure(typed); if (n !== null && !Number.isNaN(n)) set(n); type(null) } }
  const shown = typed ?? figure(value, unit)
  // A step is a tenth of its leading digit: 10,000 of 456,000.
  const keys = (e) => {
    if (e.key === "Enter" && !e.isComposing) done()
    const by = { ArrowUp: 1, ArrowDown: -1 }[e.key]
    if (!by || value === null) return
    e.preventDefault()
    const step = 10 ** (Math.floor(Math.log10(Math.abs(value) || 10)) - 1)
    type(null)
    set(Number(((Math.round(value / step) + by) * step).toPrecision(12)))
  }
  return html`<input class="agreedfig" inputmode="decimal" autocomplete="off" dir="ltr" aria-label=${label} size=${Math.max(4, shown.length)} disabled=${off} value=${shown}
    onInput=${(e) => type(e.target.value)} onBlur=${done} onKeyDown=${keys} />`
}

function OneResult({ room, question, target, told, agreed, agree, isOnly }) {
  const unit = short(target.unit), isRange = asksRange(target, question), off = !leads(room) || !writes(room, question), many = counted(told?.guesses.length ?? 0, "person", "people")
  const set = (i) => (n) => agree(agreed.map((one, j) => (j === i ? n : one)))
  const field = (i) => html`<${Agreed} value=${agreed[i]} set=${set(i)} unit=${unit} label=${LABELS[NAMES[i]][0]} off=${off} />`
  const isOrdered = isAscending(agreed)
  return html`<section class="result1">${isOnly ? null : html`<h2><${Title} target=${target} /></h2>`}<${Today} target=${target} />
    ${told?.guesses.length ? html`<${Apart} room=${room} spread=${told.spread} unit=${unit} /><${Spread} room=${room} guesses=${told.guesses} spread=${told.spread} agreed=${agreed} unit=${unit} title=${target.title} />` : html`<p class="meta">Nobody gave a number${off ? "." : ". Type one, or leave it for later."}</p>`}
    <div class="agreed"><b>Agree on</b>${isRange ? html`${field(0)}<span>to</span>${field(2)}<span>most likely</span>${field(1)}` : field(1)}${unitOf(target.unit).after ? html`<span class="meta">${unitOf(target.unit).after}</span>` : null}
      ${told?.guesses.length ? html`<span class="term" tabindex="0" aria-description=${RULE}><span class="chip guess">a guess of ${many}</span><span class="tip" aria-hidden="true">${RULE}</span></span>` : null}</div>
    ${isOrdered ? null : html`<p class="wrong" role="alert">${ASCENDING}</p>`}</section>`
}

const NONE = [null, null, null]
export function Revealed({ room, question, doc }) {
  const [live, say] = useSaying(), targets = targetsOf(room, question), told = new Map(question.guesses.map((one) => [one.target, one])), [changed, change] = useState({})
  // A single number is agreed as the most likely one alone.
  const pooled = (t) => { const [low, likely, high] = told.get(t.id)?.pooled ?? NONE; return asksRange(t, question) ? [low, likely, high] : [null, likely, null] }
  const agreed = Object.fromEntries(targets.map((t) => [t.id, changed[t.id] ?? pooled(t)])), said = targets.filter((t) => agreed[t.id][1] !== null)
  const isOrdered = said.every((t) => isAscending(agreed[t.id]))
  useEffect(() => change({}), [question.round])
  const label = said.some((t) => asksRange(t, question)) ? (said.length > 1 ? "Take these ranges" : "Take this range") : said.length > 1 ? "Take these numbers" : "Take this number"
  const off = !said.length ? "No number is agreed" : !isOrdered ? "The numbers are not in order" : ""
  useProposal(room, doc, question, { label, off, body: { agreed: Object.fromEntries(said.map((t) => [t.id, agreed[t.id]])) } })
  const first = question.guesses.find((one) => one.spread)?.spread
  useNews(first ? `${firstName(room, first.lowest)} and ${firstName(room, first.highest)} are furthest apart` : "", say)
  return html`<section class="theroom">${live}${targets.length ? null : html`<${NoTargets} />`}
    ${targets.map((t) => html`<${OneResult} key=${t.id} room=${room} question=${question} target=${t} told=${told.get(t.id)} agreed=${agreed[t.id]} agree=${(next) => change({ ...changed, [t.id]: next })} isOnly=${targets.length === 1} />`)}</section>`
}
