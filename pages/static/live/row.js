// One row of a list: place, name in full, long text, what is known of it, who is in it. The whole row opens.
import { dragged } from "./drag.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { opened } from "./nav.js"
import { isIn, says } from "./people.js"
import { told } from "./words.js"

const ICONS = { yes: "tick", hot: "hand", no: "refused" }

const Chip = ({ text, tells, label, hint, look }) => html`<span class="chip ${look}" title=${hint === label ? undefined : hint}>
  ${ICONS[look] ? icon(ICONS[look], "s") : null}${tells ? html`<span aria-hidden="true">${text}</span><span class="off">${tells}</span>`
    : html`${label ? html`<span class="of">${label}</span>` : null}<span dir="auto">${text}</span>`}</span>`

// What keeps a row from being saved is said on it, for the field itself may be folded away.
function trouble(rec, id) {
  const fields = rec.specs.map((spec) => rec.doc.field(`${rec.part}/${rec.list}/${id}/${spec.name}`))
  if (fields.some((f) => f.clash.value)) return { look: "hot", text: "Two different answers" }
  if (fields.some((f) => f.wrong.value)) return { look: "no", text: "Not saved" }
  return null
}

export function Row({ rec, id, place, many, fresh, keys, press, grab, writes }) {
  const { doc, part, list } = rec, { long, chips } = told(doc, part, list, id), wrong = trouble(rec, id)
  const who = doc.people.value.filter((p) => isIn(p, `${part}/${list}/${id}`))
  const picking = rec.picking.value, picked = rec.picked.value.has(id), open = opened.value === `${list}/${id}`, move = dragged.value
  const colour = who[0]?.colour ?? fresh
  const looks = [open && "sel", who.length && "watched", fresh && "fresh", picked && "picked", move?.id === id && "lifted",
    move?.before === id && "aimed", move && !move.before && place === many && "aimedlast", colour && `c${colour}`].filter(Boolean).join(" ")
  return html`<li class="entry ${looks}" data-id=${id} aria-posinset=${place} aria-setsize=${many}
      onPointerDown=${(e) => writes && !picking && grab(e, id)} onClick=${(e) => press(e, id)}>
    <span class="rank" aria-hidden="true">${picking ? html`<span class="box ${picked ? "on" : ""}">${picked ? icon("tick", "s") : null}</span>` : place}</span>
    <button class="open" data-walk data-id=${id} role=${picking ? "checkbox" : undefined} aria-checked=${picking ? String(picked) : undefined}
        aria-haspopup=${picking ? undefined : "dialog"} onKeyDown=${(e) => keys(e, id)}>
      <span class="t" dir="auto">${rec.named(id)}</span>
      ${long ? html`<span class="long" dir="auto">${long}</span>` : null}
      <span class="chips">${wrong ? html`<${Chip} ...${wrong} />` : null}${chips.map((c) => html`<${Chip} key=${c.name} ...${c} />`)}</span>
    </button>
    ${who.length ? html`<span class="who">${says(who)}</span>` : null}
  </li>`
}

// What was removed stays in its place as a line with the way back.
export function Gone({ rec, note, walk }) {
  const many = note.rows.length, what = many === 1 ? `“${note.rows[0].name}”` : `${many} entries`
  return html`<li class="gone"><span class="grow" dir="auto">${many === 1 ? "Removed." : `${many} removed.`}</span>
    <button class="btn sm" data-walk data-note=${note.key} dir="auto" onKeyDown=${walk}
      onClick=${() => { rec.bringBack(note) }}>Bring back ${what}</button>
    <button class="btn q sm ico" aria-label=${`Hide this line; ${what} stays removed`} onClick=${() => rec.forget(note)}>${icon("close", "s")}</button></li>`
}
