// A question that the room has left: the answer in large, its place in the charter beside it, what somebody objects to, and what is still to be filled in.
import { useEffect, useState } from "./vendor/hooks.js"
import { placeHref } from "./address.js"
import { root, UNKNOWN } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { Fields } from "./room-answer.js"
import { figure, roughly, unitOf } from "./room-figures.js"
import { Face, firstName, leads, signedBefore, sum, thoughts, toFillIn, useNews, useSaying, Words, writes } from "./room-pieces.js"
import { Question } from "./sheet.js"
import { counted, dayWords } from "./times.js"
import { named, words } from "./words.js"

const SENTENCE = 2000

// The record and the question of the charter in which a group stands; null where it became a line of a longer answer.
function placeOf({ becomes, outcome }, group) {
  const [part, list, name] = becomes.split("."), record = outcome.made[group]
  return list && record ? { part, list, record, name } : null
}
const addrOf = ({ part, list, record, name }) => `${part}/${list}/${record}/${name}`

const becomesOf = ({ becomes }) => becomes.split(".")

// --- what was agreed, by the way in which it came about: {how, sentences: [{title, text, place}]}

function agreedOf(room, doc, question) {
  const { kind, outcome, groups, votes, guesses, stands } = question, targets = room.targets.value
  const { chosen, agreed, who, says } = outcome
  if (kind === "gather") {
    const taken = chosen.filter((id) => groups.some((g) => g.id === id)), given = sum(votes?.given ?? {})
    const sentences = taken.map((id, i) => ({ key: id, text: (i === 0 && says) || groups.find((g) => g.id === id).title, place: placeOf(question, id), group: id }))
    const [part, list, name] = becomesOf(question), stood = list ? chosen.filter((id) => doc.list(part, list).value.includes(id)) : []
    if (stood.length) return { isEven: stood.length > 1, how: "It stood in the charter, and is still right", sentences: stood.map((record) => ({ key: record, text: named(doc, part, list, record), place: { part, list, record, name } })) }
    return { isEven: !given, how: given && taken.length ? `Decided by ${taken.reduce((all, id) => all + (votes.given[id] ?? 0), 0)} of ${counted(given, "vote")}` : `Taken: ${thoughts(question.cards.length)}`, sentences }
  }
  if (kind === "estimate") {
    const sentences = Object.entries(agreed).map(([id, [low, likely, high]]) => {
      const target = targets.find((t) => t.id === id), { own: unit, name, after } = unitOf(target?.unit), isRange = low !== null && high !== null && low !== high
      const text = isRange ? `${roughly(low, unit)} to ${roughly(high, unit)}, most likely ${roughly(likely, unit)}` : figure(likely ?? low ?? high, unit)
      return { key: id, title: [target?.title, name].filter(Boolean).join(": "), text: after ? `${text} ${after}` : text }
    })
    const many = Math.max(0, ...guesses.map((one) => one.guesses.length))
    return { how: many ? `Agreed, a guess of ${counted(many, "person", "people")}` : "Agreed", sentences, isGuess: true, isEven: true }
  }
  if (kind === "decide") {
    const taken = targets.find((t) => chosen.includes(t.id)), given = votes?.given[chosen[0]] ?? 0
    return { how: [who && `Decided by ${who}`, given && `${given} of ${counted(sum(votes.given), "vote")}`].filter(Boolean).join(", ") || "Decided", sentences: [{ key: "taken", text: taken?.title ?? says, more: taken ? says : "" }] }
  }
  if (kind === "live_with") {
    const low = stands.filter((s) => s.fingers <= 2)
    return { how: low.length ? `Taken with ${counted(low.length, "reservation")}` : "Both can live with it", sentences: targets.filter((t) => !t.is_option).map((t) => ({ key: t.id, text: t.title, low: low.filter((s) => s.target === t.id).length })) }
  }
  return { how: "Answered", sentences: [], answers: answersOf(room, doc) }
}

// What was typed together, as label, value, and whether it could not be saved.
function answersOf(room, doc) {
  return room.targets.value.filter((t) => !t.is_option && (t.record || !t.list)).map((t) => ({
    key: t.id, title: t.title, place: t,
    cells: t.fields.map((name) => doc.spec(t.part, t.list, name)).filter(Boolean).map((spec) => [spec, words(doc, t.part, t.list, t.record, spec)]).filter(([, said]) => said !== "")
      .map(([spec, said]) => { const f = doc.field(addrOf({ ...t, name: spec.name })); return [spec, said, Boolean(f.wrong.value || f.clash.value)] }),
  })).filter((one) => one.cells.length)
}

// All that went from this question into the charter, as it stands there now: sentences first, then each answer under its label.
function wentIn(room, doc, question, { sentences }) {
  const said = sentences.map((one) => { const now = one.place && doc.field(addrOf(one.place)).raw; return (now && now !== UNKNOWN && now) || one.text })
  const cells = question.about === "screening" ? [] : answersOf(room, doc).flatMap((one) => one.cells).filter(([, words]) => words !== UNKNOWN && !said.includes(words))
  return [...said, ...cells.map(([spec, words]) => `${spec.label}: ${words}`)].filter(Boolean).join("\n")
}

// One place that was answered together: beside others under its name, which need not be said twice.
function Answers({ one, isMany }) {
  const cells = isMany ? one.cells.filter(([, said]) => said !== one.title) : one.cells
  return html`<section class="answers1">${isMany ? html`<h2><bdi>${one.title}</bdi></h2>` : null}<dl class="answered ${isMany ? "many" : ""}">${cells.map(([spec, said, isUnsaved]) => html`<div key=${spec.name}><dt>${spec.label}</dt>
    <dd dir="auto">${said === UNKNOWN ? html`<span class="chip open">not known yet</span>` : said}${isUnsaved ? html` <span class="chip no">not saved</span>` : null}</dd></div>`)}</dl></section>`
}

function Sentence({ doc, one, isLarge, mayChange }) {
  const [isOpen, open] = useState(false), field = one.place && doc.field(addrOf(one.place)), text = (field && field.raw !== UNKNOWN && field.raw) || one.text
  const spec = one.place && doc.spec(one.place.part, one.place.list, one.place.name)
  return html`<div class=${isLarge && text.length < 220 ? "agreedsaid" : "agreedmore"}>${one.title && one.title !== text ? html`<p class="meta">${one.title}</p>` : null}
    ${isOpen ? html`<div class="fill large"><div class="sheet"><div class="core"><${Question} doc=${doc} part=${one.place.part} list=${one.place.list} record=${one.place.record} spec=${spec} /></div></div></div>` : html`<p dir="auto" class="text">${text}${one.low ? html` <span class="chip hot">${counted(one.low, "reservation")}</span>` : null}</p>`}${one.more ? html`<p class="asksaid" dir="auto">${one.more}</p>` : null}
    ${mayChange && one.place && spec && (isLarge || isOpen) ? html`<button type="button" class="linkb" onClick=${() => open(!isOpen)}>${icon(isOpen ? "tick" : "pen", "s")}${isOpen ? "Done" : "Change the words"}</button>` : null}</div>`
}

// The cards behind what was taken.
function Behind({ room, question }) {
  const taken = new Set(question.outcome.chosen), cards = (question.cards ?? []).filter((card) => taken.has(card.group)), groups = question.groups.filter((g) => taken.has(g.id))
  if (cards.length < 2 || cards.length === groups.length) return null
  return html`<details class="fold"><summary>The ${thoughts(cards.length)} behind it</summary><ul class="owns">${cards.map((card) => html`<li key=${card.id} class="thought"><span class="grow" dir="auto">${card.text}</span><${Face} room=${room} id=${card.by} /></li>`)}</ul></details>`
}

// --- reservations

function Objection({ room, question, one, add }) {
  const isLeader = leads(room), come = (is_added) => room.act({ kind: "heard", question: question.key, person: one.by, is_added }), isOwn = one.by === room.me.value
  return html`<blockquote class="objection"><${Face} room=${room} id=${one.by} look="" /><div><p><b><bdi>${isOwn ? "You have" : `${firstName(room, one.by)} has`}</bdi> a reservation</b><span dir="auto">“${one.text}”</span></p>
    ${one.is_added !== null ? html`<p class="meta">${one.is_added ? "It stands in the answer." : "Kept as a note."}</p>` : isLeader ? html`<p class="row">${add ? html`<button type="button" class="btn sm" onClick=${() => { add(one); come(true) }}>Add it to the answer</button>` : null}
      <button type="button" class="btn q sm" onClick=${() => come(false)}>Keep it as a note</button></p>` : isOwn ? html`<p><button type="button" class="linkb" onClick=${() => room.act({ kind: "reserve", question: question.key, text: "" })}>Take it back</button></p>` : null}</div></blockquote>`
}

function Reserve({ room, question, say }) {
  const [isOpen, open] = useState(false), [text, write] = useState(""), [isBare, lack] = useState(false)
  const keep = () => {
    if (!text.trim()) { lack(true); return }
    room.act({ kind: "reserve", question: question.key, text: text.trim() })
    say("Your reservation is told")
    open(false)
    write("")
  }
  if (!isOpen) return html`<button type="button" class="linkb" onClick=${() => open(true)}>${icon("hand", "s")}I have a reservation</button>`
  return html`<div class="reserve"><${Words} value=${text} set=${write} done=${keep} leave=${() => open(false)} label="Your reservation" max=${SENTENCE} focus=${true} example="What is not right, or missing?" />${isBare && !text.trim() ? html`<p class="wrong" role="alert">Say in a few words what is not right, or missing.</p>` : null}
    <p class="row"><button type="button" class="btn sm" onClick=${keep}>Say it</button><button type="button" class="btn q sm" onClick=${() => open(false)}>Cancel</button></p></div>`
}

// --- beside it

function Paper({ room, doc, question, text }) {
  const { agenda } = room.room.value, { met, of } = doc.derived.value?.sign ?? {}, was = signedBefore.get(question.key), isMore = was !== undefined && was < met
  const done = (block) => block.questions.every((q) => q.outcome), place = room.targets.value.find((t) => !t.is_option) ?? null, [part, list] = question.becomes.split(".")
  const href = place ? placeHref(root, doc, place.part, `${place.list}.${place.record}.${place.fields[0] ?? ""}`) : part ? placeHref(root, doc, part, `${list}..`) : ""
  return html`<aside class="paperside"><h2>${icon("charter", "s")}Its place in the charter</h2>
    <ul class="minipaper">${agenda.map((block) => { const isNow = block.key === question.block; return html`<li key=${block.key} class=${isNow ? "now" : ""}><b>${block.title}</b><span dir="auto">${isNow && text ? text : done(block) || isNow && question.outcome.how === "taken" ? "Answered" : block.says}</span></li>` })}</ul>
    ${met === undefined ? null : html`<div class="signs"><p><b>To sign</b><span>${isMore ? html`<s><span class="off">before </span>${was}</s> <b class="new">${met}</b>` : met} of ${of}</span></p>
      <div class="dashes" aria-hidden="true">${Array.from({ length: of }, (_, n) => html`<i key=${n} class="${n < met ? "f" : ""} ${isMore && n >= was && n < met ? "fresh" : ""}"></i>`)}</div></div>`}
    ${href ? html`<p><a href=${href} target="_blank" rel="noopener">Where it stands</a></p>` : null}</aside>`
}

// --- all of it

const OPEN = { unknown: ["info", "Not known yet"], parked: ["history", "Parked: it comes again at the end"] }

function LeftOpen({ question }) {
  const { how, says, who, by } = question.outcome, [picture, title] = OPEN[how] ?? OPEN.unknown
  return html`<p class="agreedhow open">${icon(picture)}${title}</p><div class="agreedsaid"><p class="text" dir="auto">${(how === "unknown" && says) || question.ask}</p></div>
    ${who || by ? html`<p class="asksaid">${who ? html`<bdi>${who}</bdi> finds out` : "To find out"}${by ? ` by ${dayWords(by)}` : ""}.</p>` : null}`
}

// What is asked of each place and stands open there, answered together.
function Complete({ room, doc, question, mayChange }) {
  const places = toFillIn(room, question)
  if (!places.length) return null
  return html`<section class="complete" inert=${!mayChange}><h2>To fill in together</h2>${places.map((place) => html`<${Fields} key=${place.id} doc=${doc} place=${place} withTitle=${places.length > 1} />`)}</section>`
}

export function Settled({ room, question, doc }) {
  const [live, say] = useSaying(), { outcome } = question, mayChange = writes(room, question), isTaken = outcome?.how === "taken"
  useEffect(() => () => doc.flushAll(), [])
  const agreed = isTaken ? agreedOf(room, doc, question) : { how: "", sentences: [] }, first = agreed.sentences[0], own = question.reservations.find((r) => r.by === room.me.value)
  useNews(agreed.how, say)
  if (!outcome) return html`<section class="theroom"><p class="asksaid">This question is open again.</p></section>`
  const field = first?.place && doc.field(addrOf(first.place)), text = isTaken ? wentIn(room, doc, question, agreed) : ""
  // The words of a reservation stand behind those that were agreed, as one answer.
  const add = field && mayChange ? ({ text: more }) => { field.begin(); field.type(`${field.raw.replace(/[.\s]+$/, "")}. ${more}`); field.flush() } : null
  return html`<section class="theroom settled">${live}<div class="saying">${isTaken ? html`<p class="agreedhow">${icon("done")}<bdi>${agreed.how}</bdi></p>
      <h1 class="off">${question.ask}</h1>
      ${agreed.sentences.map((one, i) => html`<${Sentence} key=${one.key} doc=${doc} one=${one} isLarge=${i === 0 && !(agreed.isEven && agreed.sentences.length > 1)} mayChange=${mayChange} />`)}
      ${agreed.answers ? html`<p class="agreedask">${question.ask}</p>${agreed.answers.map((one) => html`<${Answers} key=${one.key} one=${one} isMany=${agreed.answers.length > 1} />`)}` : null}
      ${agreed.isGuess ? html`<p><span class="chip guess">a guess</span></p>` : null}
      ${question.kind === "gather" ? html`<${Behind} room=${room} question=${question} />` : null}` : html`<h1 class="off">${question.ask}</h1><${LeftOpen} question=${question} />`}
    ${question.reservations.map((one) => html`<${Objection} key=${one.by} room=${room} question=${question} one=${one} add=${add} />`)}
    ${isTaken && mayChange && !own ? html`<p><${Reserve} room=${room} question=${question} say=${say} /></p>` : null}
    <${Complete} room=${room} doc=${doc} question=${question} mayChange=${mayChange} /></div>
    <${Paper} room=${room} doc=${doc} question=${question} text=${text} /></section>`
}
