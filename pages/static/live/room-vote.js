// Voting: some dots each, on groups or on options, hidden until all are shown.
import { useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { Board } from "./room-board.js"
import { firstName, leads, LessMore, listed, sum, thoughts, useNews, useProposal, useSaying, Votes, writes } from "./room-pieces.js"
import { asked } from "./room-who.js"
import { counted } from "./times.js"
import { cut } from "./words.js"

const quoted = (text) => `“${cut(text, 48)}”`

// The dots of this person: how many are given and left, and giving them.
export function useDots(room, question, say) {
  const { votes } = room.own(question.key), left = Math.max(0, question.dots - sum(votes)), given = (id) => votes[id] ?? 0
  const most = (id) => Math.min(question.on_one, given(id) + left)
  const set = (id, title) => (dots) => {
    if (dots < 0 || dots > most(id)) {
      say(dots < 0 ? "None of your dots is on it" : left ? `At most ${question.on_one} of your dots can stand on one` : "All your dots are given")
      return
    }
    room.act({ kind: "vote", question: question.key, target: id, dots })
    say(`${counted(dots, "dot")} on ${quoted(title)}, ${left + given(id) - dots} left`)
  }
  return { left, given, most, set, total: question.dots }
}

// Keys anywhere in a group or an option.
export const dotKeys = (dots, id, title) => (e) => {
  const by = { "+": 1, "=": 1, "-": -1, "−": -1 }[e.key]
  if (!by || e.target.matches("input, textarea") || e.ctrlKey || e.metaKey || e.altKey) return
  e.preventDefault()
  dots.set(id, title)(dots.given(id) + by)
}

export function Left({ dots }) {
  return html`You have <b>${counted(dots.total, "vote")}</b>: <${Votes} given=${dots.total - dots.left} mine=${dots.total} of=${dots.total} /> <span class="mute">${dots.left} left</span>`
}

// Who has still to vote, by name where they are few.
export function Turnout({ room, question }) {
  const done = new Set(question.done), may = asked(room), missing = may.filter((p) => !done.has(p.id))
  if (!may.length) return null
  return html`<p class="meta turnout">${missing.length ? `${listed(missing.map((p) => (p.id === room.me.value ? "You" : firstName(room, p.id))))} ${missing.length > 1 || missing[0].id === room.me.value ? "have" : "has"} not voted yet.` : "Everybody has voted."}</p>`
}

export function Voting({ room, question, doc }) {
  const [live, say] = useSaying(), dots = useDots(room, question, say), mayVote = writes(room, question)
  const head = (g) => (dots.given(g.id) ? html`<p class="dotline"><${Votes} given=${dots.given(g.id)} mine=${dots.given(g.id)} /><b>${dots.given(g.id)}</b><span class="off"> of your dots</span></p>` : null)
  const foot = (g) => (mayVote ? html`<${LessMore} label=${`Your dots on ${quoted(g.title)}`} dots=${dots.given(g.id)} most=${dots.most(g.id)} set=${dots.set(g.id, g.title)} />` : null)
  return html`<section class="theroom">${live}<p class="asksaid">${thoughts(question.cards.length)} in ${counted(question.groups.length, "group")}. ${mayVote ? html`<${Left} dots=${dots} />` : null}</p>
    <${Board} room=${room} question=${question} doc=${doc} say=${say} head=${head} foot=${foot} keys=${(g) => (mayVote ? dotKeys(dots, g.id, g.title) : undefined)} />
    <${Turnout} room=${room} question=${question} /></section>`
}

// How the votes fell; who leads takes what stands first, or something else.
export function Shown({ room, question, doc }) {
  const [live, say] = useSaying(), { groups, votes } = question, own = room.own(question.key).votes, best = groups.filter((g) => g.dots), isLeader = leads(room)
  const begun = best.length ? best : groups, [chosen, choose] = useState(null), taken = groups.filter((g) => (chosen ?? new Set(begun.slice(0, 1).map((one) => one.id))).has(g.id))
  const turn = (id) => { const next = new Set(taken.map((g) => g.id)); next.delete(id) || next.add(id); choose(next) }
  // What nobody voted for stays in the record, unless who leads wants it in the charter too.
  const [turned, turnIn] = useState({}), isTaken = (id) => taken.some((g) => g.id === id), goesIn = (g) => isTaken(g.id) || (turned[g.id] ?? (!best.length || g.dots > 0)), left = groups.filter((g) => !goesIn(g))
  const label = taken.length ? `Take ${quoted(taken[0].title)}${taken.length > 1 ? ` and ${taken.length - 1} more` : ""}` : "Take none of them"
  useProposal(room, doc, question, groups.length ? { label, body: { says: taken[0]?.title ?? "", chosen: taken.map((g) => g.id), left_out: left.map((g) => g.id) }, off: taken.length ? "" : "Nothing is chosen" } : null)
  useNews(best.length ? `${groups[0].title}: ${counted(groups[0].dots, "vote")}` : "", say)
  const head = (g) => html`<p class="dotline"><${Votes} given=${g.dots ?? 0} mine=${own[g.id] ?? 0} most=${24} /><b>${g.dots ?? 0}</b><span class="off"> votes, ${own[g.id] ?? 0} of them yours</span></p>`
  const foot = (g) => (isTaken(g.id) ? null : html`<label class="takeit"><input type="checkbox" checked=${goesIn(g)} onChange=${() => turnIn({ ...turned, [g.id]: !goesIn(g) })} />Goes into the charter</label>`)
  return html`<section class="theroom">${live}<p class="asksaid">${thoughts(question.cards.length)} in ${counted(groups.length, "group")}. ${counted(sum(votes.given), "vote")} by ${counted(votes.people, "person", "people")}.
      ${isLeader && groups.length > 1 ? html` <b>${left.length ? `${groups.length - left.length} of ${groups.length}` : "All"} go into the charter</b>${left.length ? "; the others stay in the record" : ""}.` : null}</p>
    <${Board} room=${room} question=${question} doc=${doc} say=${say} head=${head} foot=${isLeader ? foot : null} first=${taken[0]?.id} take=${isLeader ? { isTaken, turn } : null} /></section>`
}
