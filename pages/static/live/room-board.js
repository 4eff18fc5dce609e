// Cards in their groups: to be put together, to be voted on, or as the votes have sorted them.
import { useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { item, Popup } from "./popup.js"
import { carry } from "./room-carry.js"
import { Face, leads, Words, writes } from "./room-pieces.js"
import { cut } from "./words.js"

const ALONE = ""
const TITLE = 300
const shorter = (text) => cut(text, 70)

// The choices that a card may carry, as [value, label].
export function marksOf(doc, { becomes = "", mark }) {
  const [part, list] = becomes.split(".")
  return mark && doc.schema?.[part]?.lists[list] ? doc.spec(part, list, mark)?.choices ?? [] : []
}

function PutWith({ card, groups, put, hide }) {
  const others = groups.filter((g) => g.id !== card.group), isAlone = groups.find((g) => g.id === card.group)?.many === 1
  const items = [...(isAlone ? [] : [item("On its own", () => put(ALONE))]),
    ...others.map((g) => item(html`<bdi>${g.many > 1 ? html`<b>${shorter(g.title)}</b>` : shorter(g.title)}</bdi>${g.many > 1 ? html`<span class="meta">${g.many} cards</span>` : null}`, () => put(g.id))),
    ...(hide ? [item("Take it out of sight", hide, "danger")] : [])]
  return html`<${Popup} label=${`Put with: ${shorter(card.text)}`} look="q sm ico" face=${icon("more")} items=${items} />`
}

function CardOf({ room, card, marks, isAloneIn, grab, menu, says }) {
  const mark = marks.find(([value]) => value === card.mark)?.[1]
  return html`<li class="thought gcard" data-card=${card.id} data-group=${isAloneIn} onPointerDown=${grab}>
    <span class="grow"><span dir="auto">${card.text}</span>${mark ? html` <span class="chip">${mark}</span>` : null}</span>${says}
    <${Face} room=${room} id=${card.by} />${menu}</li>`
}

// The title of a group; who takes part may give it another one.
function Title({ room, question, group, writes: mayWrite, say }) {
  const [words, change] = useState(null)
  const keep = (text) => {
    change(null)
    if (!text.trim() || text.trim() === group.title) return
    room.act({ kind: "title", question: question.key, group: group.id, title: text.trim() })
    say(`The group is called ${text.trim()}`)
  }
  if (words !== null) return html`<${Words} value=${words} set=${change} done=${keep} leave=${() => change(null)} blur=${(e) => keep(e.target.value)} label="Name of the group" look="title" max=${TITLE} focus="all" />`
  if (!mayWrite) return html`<h2 class="grow"><bdi>${group.title}</bdi></h2>`
  return html`<h2 class="grow"><button type="button" class="rename" title="Give the group a name" onClick=${() => change(group.title)}><bdi>${group.title}</bdi>${icon("pen", "s")}</button></h2>`
}

function Take({ take, group, name }) {
  if (!take) return null
  const kind = take.isOne ? "radio" : "checkbox"
  return html`<input type=${kind} class="taken" name=${name} checked=${take.isTaken(group.id)} aria-label=${`Take “${shorter(group.title)}”`} onChange=${() => take.turn(group.id)} />`
}

// Whoever moves a card by keys finds it again where it went: it is drawn anew there, a moment later.
const FOLLOWED_MS = 3000
function useFollow(box) {
  const wanted = useRef({ id: "", until: 0 })
  useLayoutEffect(() => {
    const { id, until } = wanted.current
    if (!id || Date.now() > until || box.current.getRootNode().activeElement) return
    box.current.querySelector(`[data-card="${id}"] .pop > button`)?.focus({ preventScroll: true })
  })
  return [(id) => { wanted.current = { id, until: Date.now() + FOLLOWED_MS } }, () => { wanted.current.id = "" }]
}

// `isGrouping`: cards can be put together. `take`: who leads marks what is taken. `head`, `foot`: what stands above and below the cards of a group.
export function Board({ room, question, doc, say, isGrouping = false, take = null, head = null, foot = null, keys = null, first = "" }) {
  const box = useRef(), [over, aim] = useState(null), [hidden, note] = useState([]), [follow, stay] = useFollow(box), { key, cards } = question
  const mayWrite = isGrouping && writes(room, question), isLeader = leads(room), marks = marksOf(doc, question)
  const groups = question.groups.map((g) => { const own = cards.filter((c) => c.group === g.id); return { ...g, cards: own, many: own.length } })
  // Of a card that nobody put with others the title is what it says, or how that begins.
  const isBare = (g) => g.many === 1 && g.cards[0].text.trim().startsWith(g.title.replace(/…$/, ""))
  const loose = isGrouping ? groups.filter(isBare) : [], shown = groups.filter((g) => !loose.includes(g))
  const put = (card) => (group) => {
    if (group === card.group && group !== ALONE) return
    follow(card.id)
    room.act({ kind: "put", question: key, card: card.id, group })
    say(group === ALONE ? `On its own: ${shorter(card.text)}` : `Put with ${shorter(groups.find((g) => g.id === group)?.title ?? "")}`)
  }
  const hide = (card) => () => { room.act({ kind: "hide", question: key, card: card.id, on: true }); note([...hidden, card]) }
  const back = (card) => { room.act({ kind: "hide", question: key, card: card.id, on: false }); note(hidden.filter((one) => one !== card)) }
  const one = (card, group, isAlone = false) => html`<${CardOf} key=${card.id} room=${room} card=${card} marks=${marks} isAloneIn=${isAlone ? group.id : undefined}
    says=${isAlone ? html`<${Take} take=${take} group=${group} name=${key} />` : null}
    grab=${mayWrite ? (e) => carry(e, aim, put(card)) : undefined} menu=${mayWrite ? html`<${PutWith} card=${card} groups=${groups} put=${put(card)} hide=${isLeader ? hide(card) : null} />` : null} />`
  return html`<div class="board ${mayWrite ? "moves" : ""}" ref=${box} onKeyDownCapture=${stay} onPointerDownCapture=${stay}>
    <div class="groups">${shown.map((g) => html`<section key=${g.id} class="group ${over === g.id ? "over" : ""} ${first === g.id ? "first" : ""}" data-group=${isGrouping ? g.id : undefined} aria-label=${shorter(g.title)} onKeyDown=${keys?.(g)}>
      <div class="grouphead"><${Take} take=${take} group=${g} name=${key} /><${Title} room=${room} question=${question} group=${g} writes=${mayWrite} say=${say} />${isBare(g) ? html`<${Face} room=${room} id=${g.cards[0].by} />` : null}</div>
      ${head?.(g)}${isBare(g) ? null : html`<ul>${g.cards.map((card) => one(card, g))}</ul>`}${foot?.(g)}</section>`)}</div>
    ${loose.length ? html`<section class="loose ${over === ALONE ? "over" : ""}" data-group=${ALONE} aria-label="On their own">${shown.length ? html`<h2>On their own</h2>` : null}
      <ul>${loose.map((g) => one(g.cards[0], g, true))}</ul></section>` : mayWrite && shown.length ? html`<section class="loose slot ${over === ALONE ? "over" : ""}" data-group=${ALONE}><p class="meta">Drop a card here to let it stand on its own.</p></section>` : null}
    ${hidden.map((card) => html`<p key=${card.id} class="meta">Out of sight: <bdi>${shorter(card.text)}</bdi> <button type="button" class="linkb" onClick=${() => back(card)}>Bring it back</button></p>`)}</div>`
}
