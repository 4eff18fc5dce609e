// Decide: options with dots, then the one that is taken, why, and who decided it.
import { html } from "./html.js"
import { NoTargets } from "./room-estimate.js"
import { dotKeys, Left, Turnout, useDots } from "./room-vote.js"
import { leads, LessMore, useNews, useProposal, useSaying, Votes, Words, writes } from "./room-pieces.js"
import { counted } from "./times.js"
import { cut, told } from "./words.js"

const SENTENCE = 2000, NAME = 300, QUOTED = 48
const NOTHING_YET = "There is nothing to choose from yet. Gather ideas first."
const options = (room) => room.targets.value.filter((t) => t.is_option)

// What the charter says of an option that is a record of its own.
function About({ doc, option }) {
  const isThere = option.record === option.id && doc.list(option.part, option.list).value.includes(option.id)
  if (!isThere) return null
  const { long, chips } = told(doc, option.part, option.list, option.id), known = chips.filter((c) => c.look !== "open")
  return html`${long ? html`<p class="meta" dir="auto">${cut(long, 160)}</p>` : null}${known.length ? html`<p class="chips">${known.map((c) => html`<span key=${c.name} class="chip ${c.look}" title=${c.hint}>${c.label ? `${c.label}: ` : ""}${c.text}</span>`)}</p>` : null}`
}

function Option({ doc, option, keys, look = "", children }) {
  return html`<li class="option ${look}" onKeyDown=${keys}><div class="grow"><h2><bdi>${option.title}</bdi></h2><${About} doc=${doc} option=${option} /></div>${children}</li>`
}

export function Choosing({ room, question, doc }) {
  const [live, say] = useSaying(), all = options(room), dots = useDots(room, question, say), mayVote = writes(room, question), isOne = question.dots === 1
  if (!all.length) return html`<section class="theroom"><${NoTargets} what=${NOTHING_YET} /></section>`
  // Of a single vote the last one counts.
  const pick = (o) => {
    const was = all.find((one) => dots.given(one.id))
    if (was) room.act({ kind: "vote", question: question.key, target: was.id, dots: 0 })
    if (was !== o) room.act({ kind: "vote", question: question.key, target: o.id, dots: 1 })
    say(was === o ? "Your vote is free again" : `Your vote stands on ${o.title}`)
  }
  return html`<section class="theroom">${live}${mayVote ? html`<p class="asksaid"><${Left} dots=${dots} /></p>` : null}
    <ul class="options">${all.map((o) => html`<${Option} key=${o.id} doc=${doc} option=${o} keys=${mayVote && !isOne ? dotKeys(dots, o.id, o.title) : undefined} look=${dots.given(o.id) ? "mine" : ""}>
      ${dots.given(o.id) && !isOne ? html`<p class="dotline"><${Votes} given=${dots.given(o.id)} mine=${dots.given(o.id)} /><b>${dots.given(o.id)}</b></p>` : null}
      ${mayVote ? (isOne ? html`<button type="button" class="btn" aria-pressed=${String(dots.given(o.id) > 0)} aria-label=${`My vote for ${o.title}`} onClick=${() => pick(o)}><${Votes} given=${dots.given(o.id)} mine=${1} of=${1} />${dots.given(o.id) ? "My vote" : "Vote for it"}</button>`
        : html`<${LessMore} label=${`Your dots on ${o.title}`} dots=${dots.given(o.id)} most=${dots.most(o.id)} set=${dots.set(o.id, o.title)} />`) : null}<//>`)}</ul>
    <${Turnout} room=${room} question=${question} /></section>`
}

// What was voted; who leads takes one, with the reason and the name of who decides.
export function Chosen({ room, question, doc }) {
  const [live, say] = useSaying(), { given } = question.votes, all = options(room).toSorted((a, b) => (given[b.id] ?? 0) - (given[a.id] ?? 0)), isLeader = leads(room) && writes(room, question)
  // What was typed stays while the room goes back, and comes again where it was decided before.
  const begun = room.deciding(question.key), said = question.outcome, { taken = said?.chosen[0] ?? null, why = said?.says ?? "", who = said?.who ?? "" } = begun.value, set = (change) => { begun.value = { ...begun.peek(), ...change } }
  const take = (id) => set({ taken: id }), reason = (words) => set({ why: words }), name = (words) => set({ who: words }), best = given[all[0]?.id] ? all[0].id : "", chosen = taken ?? best, one = all.find((o) => o.id === chosen)
  const own = room.own(question.key).votes, off = !one ? "Nothing is chosen" : !who.trim() ? "Say who decides" : ""
  useProposal(room, doc, question, all.length ? { label: one ? `Decide for “${cut(one.title, QUOTED)}”` : "Decide", off, body: { chosen: one ? [one.id] : [], says: why.trim(), who: who.trim() } } : null)
  useNews(best ? `${all[0].title}: ${counted(given[best], "vote")}` : "", say)
  if (!all.length) return html`<section class="theroom"><${NoTargets} what=${NOTHING_YET} /></section>`
  return html`<section class="theroom">${live}
    <ul class="options">${all.map((o) => html`<${Option} key=${o.id} doc=${doc} option=${o} look=${isLeader && o.id === chosen ? "first" : !isLeader && o.id === best ? "first" : ""}>
      <p class="dotline"><${Votes} given=${given[o.id] ?? 0} mine=${own[o.id] ?? 0} most=${24} /><b>${given[o.id] ?? 0}</b><span class="off"> votes, ${own[o.id] ?? 0} of them yours</span></p>
      ${isLeader ? html`<label class="takeit"><input type="radio" name=${question.key} checked=${o.id === chosen} onChange=${() => take(o.id)} />Take it</label>` : null}<//>`)}</ul>
    ${isLeader ? html`<div class="because"><label class="grow"><span class="label">Because</span><${Words} value=${why} set=${reason} label="Because" max=${SENTENCE} example="What the room said, in one sentence" /></label>
      <label><span class="label">Who decides</span><input class="control" dir="auto" autocomplete="off" maxlength=${NAME} list="deciders" value=${who} onInput=${(e) => name(e.target.value)} /></label>
      <datalist id="deciders">${room.people.value.map((p) => html`<option key=${p.id} value=${p.name} />`)}</datalist></div>` : html`<p class="meta">Who leads writes down what is decided, and why.</p>`}</section>`
}
