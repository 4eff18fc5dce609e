// Write and gather: silent cards of one's own, then the same cards in groups.
import { useMemo, useState } from "./vendor/hooks.js"
import { UNKNOWN } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { alike } from "./room-alike.js"
import { Board, marksOf } from "./room-board.js"
import { Face, firstName, leads, sum, thoughts, useNews, useProposal, useSaying, Words, writes } from "./room-pieces.js"
import { counted } from "./times.js"
import { cut } from "./words.js"

const TOUCHED = globalThis.matchMedia?.("(pointer: coarse)").matches
const CARD = 2000, COMPARED = 300, CHOSEN = 200, STANDING = 3
const quoted = (text) => `“${cut(text, 60)}”`

// --- writing

// What kind of thought a card is, where the question asks for it.
function Marks({ marks, mark, choose }) {
  if (!marks.length) return null
  return html`<div class="kinds" role="group" aria-label="What kind of thought">${marks.map(([value, label]) => html`
    <button type="button" key=${value} class="pick" aria-pressed=${String(mark === value)} onClick=${() => choose(mark === value ? "" : value)}>${label}</button>`)}</div>`
}

// A card of this person's own: a press, and its words can be changed.
function Own({ room, question, doc, card, say }) {
  const [words, change] = useState(null), marks = marksOf(doc, question), mark = marks.find(([value]) => value === card.mark)?.[1], write = (text, kind) => room.card(question.key, text, { id: card.id, mark: kind })
  const keep = (text) => {
    change(null)
    if (text.trim() && text.trim() !== card.text) write(text, card.mark)
  }
  // Whoever goes on to the kind of the card has not left it.
  const left = (e) => { if (!e.currentTarget.contains(e.relatedTarget)) keep(words) }
  const remove = () => { room.takeBack(question.key, card.id); say("Taken back") }
  if (words !== null) {
    return html`<li key="changing" class="thought own changing" onFocusOut=${left}><${Words} value=${words} set=${change} done=${keep} leave=${() => change(null)} label="Your card" focus=${true} max=${CARD} />
      <${Marks} marks=${marks} mark=${card.mark} choose=${(kind) => write(words.trim() || card.text, kind)} /></li>`
  }
  return html`<li key="card" class="thought own"><button type="button" class="inner" title="Change the words" onClick=${() => change(card.text)}><span dir="auto">${card.text}</span></button>
    ${mark ? html`<span class="chip">${mark}</span>` : marks.length ? html`<button type="button" class="chip open asks" onClick=${() => change(card.text)}>which kind?</button>` : null}
    ${card.hidden ? html`<span class="chip open">out of sight</span>` : null}${card.isNameless ? html`<span class="chip">without your name</span>` : null}
    <button type="button" class="btn q sm ico" aria-label=${`Take back: ${card.text}`} onClick=${remove}>${icon("close", "s")}</button></li>`
}

// The line to write in: it keeps what is typed while the room moves on.
function Composer({ room, question, doc, isFirst = true, say }) {
  const key = question.key, draft = room.draft(key).value, [mark, choose] = useState(""), [isNamed, name] = useState(!question.anonymous), marks = marksOf(doc, question)
  const add = (text) => {
    if (!text.trim()) return
    room.card(key, text, { mark, isNameless: question.anonymous && !isNamed })
    room.write(key, "")
    choose("")
    say(`Added: ${text.trim()}`)
  }
  return html`<div class="writeline"><div class="think"><${Words} value=${draft} set=${(text) => room.write(key, text)} done=${add} look="bare" max=${CARD} focus=${isFirst}
      label=${isFirst ? question.ask : "One more"} example=${isFirst ? "One thought, then Enter" : "One more thought"} />
      ${draft.trim() ? html`<button type="button" class="btn sm" onClick=${() => add(draft)}>Add<kbd class="kbd" aria-hidden="true">↵</kbd></button>` : html`<span class="kbd" aria-hidden="true">↵</span>`}</div>
    <${Marks} marks=${marks} mark=${mark} choose=${choose} />
    ${question.anonymous ? html`<label class="nameless"><input type="checkbox" checked=${!isNamed} onChange=${(e) => name(!e.target.checked)} />Without my name
      <span class="meta">${isNamed ? "Your name stands on it." : "Nobody will know who wrote it. Only this device can change it."}</span></label>` : null}</div>`
}

function Outline({ room, id, many }) {
  return html`<li class="thought outline"><${Face} room=${room} id=${id} /><span class="blur" aria-hidden="true">${many ? [92, 61].map((wide) => html`<i key=${wide} style=${{ width: `${wide - (many * 7) % 23}%` }}></i>`) : null}</span>
    <span class="meta">${many ? html`<span class="off">${firstName(room, id)}: </span>${many}` : "thinking"}</span></li>`
}

// How many the others have, and nothing of what they say.
function Others({ room, question, own }) {
  const { counts = {}, count } = question, me = room.me.value, named = sum(counts)
  const here = room.people.value.filter((p) => p.id !== me && p.role !== "looks_on" && (p.here || counts[p.id]))
  const mineWithout = own.filter((card) => card.isNameless && !card.isOnItsWay).length
  const nameless = Math.max(0, count - named - mineWithout), many = Math.max(0, count - (counts[me] ?? 0) - mineWithout)
  return html`<section class="others"><h2>The others <span>${many ? `${thoughts(many)}, hidden` : "nothing yet"}</span></h2>
    <ul class="outlines">${here.filter((p) => !question.anonymous || counts[p.id]).map((p) => html`<${Outline} key=${p.id} room=${room} id=${p.id} many=${counts[p.id] ?? 0} />`)}
      ${nameless ? html`<li class="thought outline"><${Face} room=${room} id="" /><span class="blur" aria-hidden="true"><i style="width:84%"></i><i style="width:52%"></i></span><span class="meta">${nameless} without a name</span></li>` : null}</ul></section>`
}

// What stood in the charter before the room began with it: asked about, not asked again.
export function standing(doc, { becomes, outcome }) {
  const [part, list, name] = becomes.split(".")
  if (!list || outcome) return []
  return doc.list(part, list).value.map((record) => ({ record, text: doc.field(`${part}/${list}/${record}/${name}`).raw })).filter(({ text }) => text && text !== UNKNOWN)
}

function StillRight({ room, question, doc }) {
  const there = standing(doc, question)
  if (!there.length) return null
  const yes = () => room.settle({ question: question.key, how: "taken", chosen: there.map((one) => one.record) })
  return html`<section class="stillright"><h2>In the charter already</h2><ul>${there.slice(0, STANDING).map(({ record, text }) => html`<li key=${record} dir="auto">${cut(text, 200)}</li>`)}</ul>
    <p class="row">${there.length > STANDING ? html`<span class="meta">and ${there.length - STANDING} more</span>` : null}<span>Still right? Write only what is missing.</span>
    ${leads(room) && !question.count ? html`<button type="button" class="btn sm" onClick=${yes}>${icon("tick", "s")}Yes, go on with it</button>` : null}</p></section>`
}

export function Writing({ room, question, doc }) {
  const [live, say] = useSaying(), own = room.own(question.key).cards, mayWrite = writes(room, question)
  return html`<section class="theroom">${live}<${StillRight} room=${room} question=${question} doc=${doc} />
    ${mayWrite ? html`<${Composer} key=${question.key} room=${room} question=${question} doc=${doc} say=${say} />` : html`<p class="meta">You look on. Cards appear here when all are shown.</p>`}
    <div class="bothsides">${mayWrite ? html`<section><h2>Yours <span>${own.length ? "only you see them" : "nothing yet"}</span></h2>
        <ul class="owns">${own.map((card) => html`<${Own} key=${card.id} room=${room} question=${question} doc=${doc} card=${card} say=${say} />`).reverse()}</ul></section>` : null}
      <${Others} room=${room} question=${question} own=${own} /></div></section>`
}

// --- grouping

// Two that sound alike are offered, one pair after the other; nothing moves by itself.
function Alike({ room, question, say }) {
  const [no, refuse] = useState(new Set()), keyOf = ([a, b]) => [a.id, b.id].sort().join()
  // Compared anew when cards were written or put together, not with every vote of readiness; in a crowd people look for themselves.
  const { cards } = question, pairs = useMemo(() => (cards.length > COMPARED ? [] : alike(cards)), [cards.map((c) => c.id + c.group + c.text).join()])
  const pair = pairs.find((one) => !no.has(keyOf(one)))
  if (!pair) return null
  const [a, b] = pair, together = () => {
    const size = (card) => question.cards.filter((c) => c.group === card.group).length
    const [to, moved] = size(b) > size(a) ? [b, a] : [a, b]
    room.act({ kind: "put", question: question.key, card: moved.id, group: to.group })
    say(`${quoted(moved.text)} put with ${quoted(to.text)}`)
  }
  return html`<div class="banner calm alike">${icon("info")}<p class="grow"><bdi>${quoted(a.text)}</bdi> and <bdi>${quoted(b.text)}</bdi> sound alike.</p>
    <button type="button" class="btn sm" onClick=${together}>Put them together</button><button type="button" class="btn q sm" onClick=${() => refuse(new Set([...no, keyOf(pair)]))}>They differ</button></div>`
}

export function Grouping({ room, question, doc }) {
  const [live, say] = useSaying(), { cards, groups } = question, mayWrite = writes(room, question), many = groups.filter((g) => cards.filter((c) => c.group === g.id).length > 1).length
  const label = groups.length === 1 ? `Take ${quoted(groups[0].title)}` : `Take all ${groups.length}`
  useProposal(room, doc, question, question.phases.at(-2) === "grouping" ? { label, body: { chosen: groups.slice(0, CHOSEN).map((g) => g.id) }, off: groups.length ? "" : "Nothing was written" } : null)
  useNews(thoughts(cards.length), say)
  return html`<section class="theroom">${live}<p class="asksaid">${cards.length ? html`${thoughts(cards.length)}${many ? ` in ${counted(many, "group")}` : ""}. ${mayWrite ? `Put together what belongs together: ${TOUCHED ? "use the button of a card" : "drag a card, or use its button"}.` : ""}` : "Nobody wrote anything."}</p>
    ${mayWrite ? html`<${Alike} room=${room} question=${question} say=${say} />` : null}
    <${Board} room=${room} question=${question} doc=${doc} say=${say} isGrouping=${true} />
    ${mayWrite ? html`<${Composer} key=${question.key} room=${room} question=${question} doc=${doc} isFirst=${false} say=${say} />` : null}</section>`
}
