// What the parts of a question share: who wrote it, dots, what is announced, and what who leads would take.
import { useEffect, useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { initials } from "./people.js"
import { counted } from "./times.js"

export const firstName = (room, id) => room.person(id).name.split(/\s+/)[0] || "Somebody"

// Somebody who wrote, voted or guessed; who did so without a name is a question mark.
export function Face({ room, id, look = "s" }) {
  const p = room.person(id), name = p.name || "Without a name"
  return html`<span class="av ${look} ${p.name ? `c${p.colour}` : "ghost"}" role="img" title=${name} aria-label=${name}>${initials(p.name) || "?"}</span>`
}

// "Ann", "Ann and Ben", "Ann, Ben and 3 more"
export function listed(names, most = 4) {
  const shown = names.length > most ? [...names.slice(0, most - 1), `${names.length - most + 1} more`] : names
  return shown.length < 2 ? shown.join("") : `${shown.slice(0, -1).join(", ")} and ${shown.at(-1)}`
}

// Whether this person may write to a question now.
export const writes = (room, question) => room.takesPart.value && !room.room.value.ended && !room.room.value.locked.includes(question.key)
export const leads = (room) => room.leads.value && !room.room.value.ended

export function Votes({ given, mine = 0, of = given, most = 12 }) {
  if (given > most) return html`<span class="votes" aria-hidden="true"><i class=${mine ? "mine" : ""}></i></span>`
  return html`<span class="votes" aria-hidden="true">${Array.from({ length: Math.max(of, given) }, (_, i) =>
    html`<i key=${i} class=${i >= given ? "o" : i < mine ? "mine" : ""}></i>`)}</span>`
}

// Less and more of one's own dots; what cannot be done keeps the focus and says why.
export function LessMore({ label, dots, least = 0, most, set }) {
  const turn = (next) => { if (next >= least && next <= most) set(next) }
  return html`<span class="lessmore" role="group" aria-label=${label}>
    <button type="button" class="btn" aria-label="One dot less" aria-disabled=${String(dots <= least)} onClick=${() => turn(dots - 1)}>−</button>
    <button type="button" class="btn" aria-label="One dot more" aria-disabled=${String(dots >= most)} onClick=${() => turn(dots + 1)}>+</button></span>`
}

// As a `ref`: the focus goes there when it is first drawn.
export const focusOnce = (el) => { if (el && !el.dataset.met) { el.dataset.met = "1"; el.focus() } }

// Read out to whoever hears the page; the same words twice are spoken twice.
export function useSaying() {
  const [said, set] = useState("")
  const say = (text) => { set(""); setTimeout(() => set(text), 30) }
  return [html`<p class="off" role="status">${said}</p>`, say]
}

// What happened in the room in the meantime is read out once, not when somebody comes.
export function useNews(text, say) {
  const last = useRef(text)
  useEffect(() => {
    if (text && last.current !== text) say(text)
    last.current = text
  }, [text])
}

// A box for words that grows with them. Enter is done with it, Shift and Enter is a new line, Escape leaves.
export function Words({ value, set, done, leave, blur, label, look = "", focus = false, max = 2000, example = "", off = false }) {
  const box = useRef(), isComposing = useRef(false)
  useLayoutEffect(() => {
    const el = box.current
    if (el.value !== value) el.value = value
    if (globalThis.CSS?.supports("field-sizing", "content")) return
    el.style.height = "auto"
    el.style.height = `${el.scrollHeight + 2}px`
  })
  // At once: nothing of quick hands is lost.
  useLayoutEffect(() => {
    if (focus) box.current.focus({ preventScroll: true })
    if (focus === "all") box.current.select()
  }, [])
  const keys = (e) => {
    if (e.isComposing || isComposing.current) return
    if (e.key === "Enter" && !e.shiftKey && done) { e.preventDefault(); done(box.current.value) }
    else if (e.key === "Escape" && leave) { e.preventDefault(); e.stopPropagation(); leave() }
  }
  return html`<textarea ref=${box} rows="1" dir="auto" class=${`words ${look}`} maxlength=${max} aria-label=${label} placeholder=${example} disabled=${off} enterkeyhint=${done ? "done" : undefined}
    onInput=${(e) => set(e.target.value.normalize("NFC"))} onKeyDown=${keys} onBlur=${blur}
    onCompositionStart=${() => { isComposing.current = true }} onCompositionEnd=${() => { isComposing.current = false }}></textarea>`
}

// How much was ready to sign when this person came to a question, by its key.
export const signedBefore = new Map()

// What who leads would take next: the room's filled button says and sends it. null: nothing but the question itself.
export function useProposal(room, doc, question, proposal) {
  const said = leads(room) && proposal ? JSON.stringify(proposal) : "", at = room.proposal(question.key), { met } = doc.derived.value?.sign ?? {}
  useEffect(() => {
    at.value = said ? proposal : null
    return () => { at.value = null }
  }, [at, said])
  useEffect(() => { if (met !== undefined && !signedBefore.has(question.key)) signedBefore.set(question.key, met) }, [question.key, met])
}

// Places that are filled in together once a question is settled; what is answered in the charter's own fields has none left.
export function toFillIn(room, { kind, outcome }) {
  if (outcome?.how !== "taken" || kind === "answer" || kind === "live_with") return []
  return room.targets.value.filter((t) => !t.is_option && t.fields.length && (t.record || !t.list))
}

// How many answers of these places nobody has given.
export const stillOpen = (doc, places) => places.reduce((sum, { part, list, record, fields }) =>
  sum + fields.filter((name) => doc.spec(part, list, name) && doc.field(`${part}/${list}/${record}/${name}`).raw === "").length, 0)

export const sum = (votes) => Object.values(votes).reduce((all, n) => all + n, 0)
export const thoughts = (n) => counted(n, "thought")
