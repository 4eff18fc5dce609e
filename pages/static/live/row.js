// One row of a list: place, name in full, long text, what is known of it, who is in it. The whole row opens.
import { UNKNOWN } from "./doc.js"
import { dragged } from "./drag.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { opened } from "./nav.js"
import { isIn, says } from "./people.js"
import { told } from "./words.js"

const ICONS = { yes: "tick", hot: "hand", no: "refused" }

function Chip({ text, tells, label, hint, look }) {
  const words = tells
    ? html`<span aria-hidden="true" dir="auto">${text}</span><span class="off">${tells}</span>`
    : html`${label ? html`<span class="of">${label}</span>` : null}<span dir="auto">${text}</span>`
  return html`<span class="chip ${look}" title=${hint === label ? undefined : hint}>
    ${ICONS[look] ? icon(ICONS[look], "s") : null}${words}</span>`
}

// What keeps a row from being saved is said on it, for the field itself may be folded away.
function trouble(rec, id) {
  const fields = rec.specs.map((spec) => rec.field(id, spec))
  if (fields.some((f) => f.clash.value)) return { look: "hot", text: "Two different answers" }
  if (fields.some((f) => f.wrong.value)) return { look: "no", text: "Not saved" }
  return null
}

// Where a row that is being dragged would stand: a line in front of this row, or behind the last.
function aim(id, isLast) {
  const at = dragged.value
  if (at?.id === id) return "lifted"
  if (at?.before === id) return "aimed"
  return at && !at.before && isLast ? "aimedlast" : ""
}

export function Row({ rec, id, place, many, fresh, keys, press, grab }) {
  const { doc, part, list } = rec, { long, chips, figures } = told(doc, part, list, id), wrong = trouble(rec, id)
  const who = doc.people.value.filter((p) => isIn(p, `${part}/${list}/${id}`)), colour = who[0]?.colour ?? fresh
  const isPicking = rec.picking.value, isPicked = rec.picked.value.has(id), isOpen = opened.value === `${list}/${id}`
  const looks = [isOpen && "sel", isPicked && "picked", who.length && "watched", fresh && "fresh", colour && `c${colour}`]
  const button = isPicking ? { role: "checkbox", "aria-checked": String(isPicked) } : { "aria-haspopup": "dialog" }
  if (grab) button["aria-keyshortcuts"] = "Alt+ArrowUp Alt+ArrowDown Delete"
  const classes = ["entry", ...looks, aim(id, place === many)].filter(Boolean).join(" ")
  return html`<li class=${classes} data-id=${id} aria-posinset=${place} aria-setsize=${many}
      onPointerDown=${(e) => grab?.(e, id)} onClick=${(e) => press(e, id)}>
    <span class="rank" aria-hidden="true" title=${grab ? "Drag to change the order" : undefined}>
      ${isPicking ? html`<${Box} isOn=${isPicked} />` : place}</span>
    <button class="open" data-walk data-id=${id} ...${button} onKeyDown=${(e) => keys(e, id)}>
      <span class="t" dir="auto">${rec.named(id)}</span>
      ${long ? html`<span class="long" dir="auto">${long}</span>` : null}
      <span class="chips">${wrong ? html`<${Chip} ...${wrong} />` : null}
        ${chips.map((one) => html`<${Chip} key=${one.name} ...${one} />`)}</span>
    </button>
    ${figures.length ? html`<span class="figs">${figures.map((one) => html`<${Figure} key=${one.name} ...${one} />`)}</span>` : null}
    ${who.length ? html`<span class="who">${says(who)}</span>` : null}</li>`
}
// A figure in its column; what is not known stands there as a question mark.
function Figure({ label, text }) {
  const isKnown = text && text !== UNKNOWN
  return html`<span class="fig" title=${label}><span class="off">${label}: </span>${isKnown ? html`<span dir="auto">${text}</span>` : html`<u>?</u><span class="off">not known</span>`}</span>`
}
const Box = ({ isOn }) => html`<span class="box ${isOn ? "on" : ""}">${isOn ? icon("tick", "s") : null}</span>`

// What was removed stays in its place as a line with the way back.
export function Gone({ rec, note, walk, focusRow }) {
  const many = note.rows.length, what = rec.nameOf(note.rows)
  const back = () => { rec.bringBack(note); focusRow(note.rows[0].id) }
  return html`<li class="gone"><span class="grow">${many === 1 ? "Removed." : `${many} removed.`}</span>
    <button class="btn sm" data-walk data-note=${note.key} dir="auto" onKeyDown=${walk} onClick=${back}>
      Bring back ${what}</button>
    <button class="btn q sm ico" onClick=${() => rec.forget(note)} aria-label=${`Hide this line; ${what} stays removed`}>
      ${icon("close", "s")}</button></li>`
}
