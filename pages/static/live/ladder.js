// The metric ladder as it is climbed: from what the model does up to what the company feels, with both sides on each step.
import { useRef, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { Another, Gap, Slot } from "./ladder-add.js"
import { ascending, climbed, known, restsOn, spec } from "./ladder-order.js"
import { Mark, nameOf, Panel, SIDES } from "./ladder-mark.js"
import { go, opened } from "./nav.js"
import { isIn, says } from "./people.js"
import { Gone } from "./row.js"
import { words } from "./words.js"

const SHORT_UNIT = 10

export function Ladder({ rec, archived }) {
  const ids = ascending(rec), box = useRef(), [open, setOpen] = useState("")     // "id/side" of the mark that is being set
  const doubts = ids.flatMap((id) => SIDES.filter(([side]) => known(rec, id, side) === "objects").map(([side]) => ({ id, side })))
  const turn = (id, side) => setOpen(open === `${id}/${side}` ? "" : `${id}/${side}`)
  const steps = climbed(rec, ids).reverse(), hands = { archived, open, turn, box }
  const back = (id) => box.current.querySelector(`[data-id="${id}"]`)?.focus()
  return html`<div class="ladderside" ref=${box}><div>
    <div class="ladheads">${SIDES.map(([side, name]) => html`<span key=${side}>${name}<bdi>${speakers(rec, ids, side)}</bdi></span>`)}</div>
    <ul class="lad">${steps.map((step, place) => step.id
      ? html`<${Step} key=${step.id} rec=${rec} id=${step.id} ids=${ids} hands=${hands} isLast=${place === steps.length - 1} />`
      : html`<${Slot} key=${`level ${step.level}`} rec=${rec} level=${step.level} archived=${archived} />`)}</ul>
    ${rec.removed.value.filter((note) => !note.rows.every(({ id }) => ids.includes(id))).map((note) => html`<ul class="list" key=${note.key}>
      <${Gone} rec=${rec} note=${note} walk=${() => {}} focusRow=${back} /></ul>`)}
    ${archived || !ids.length ? null : html`<${Another} rec=${rec} />`}</div>
    <${Beside} rec=${rec} ids=${ids} doubts=${doubts} turn=${(id, side) => { setOpen(`${id}/${side}`) }} archived=${archived} /></div>`
}

// Who has spoken for a side.
function speakers(rec, ids, side) {
  const names = [...new Set(ids.map((id) => known(rec, id, `${side}_by`).trim()).filter(Boolean))]
  return names.length > 1 ? `${names[0]} and ${names.length - 1} more` : names[0] ?? ""
}

function Step({ rec, id, ids, hands, isLast }) {
  const who = rec.doc.people.value.filter((p) => isIn(p, `${rec.part}/${rec.list}/${id}`)), isOpen = opened.value === `${rec.list}/${id}`
  const [left, right] = SIDES, at = hands.open.split("/"), side = at[0] === id ? at[1] : ""
  const unit = known(rec, id, "unit"), isLong = unit.length > SHORT_UNIT
  const level = known(rec, id, "level") && words(rec.doc, rec.part, rec.list, id, spec(rec, "level"))
  const figure = (name) => { const typed = known(rec, id, name); return typed === "" ? "?" : isLong ? typed : `${typed} ${unit}`.trim() }
  return html`<li class="rg ${who.length ? `watched c${who[0].colour}` : ""}">
      <${Mark} rec=${rec} id=${id} side=${left[0]} hands=${hands} />
      <button class="stepb open ${isOpen ? "sel" : ""}" data-id=${id} aria-haspopup="dialog" onClick=${() => go(rec.list, id)}>
        <span class="grow"><span class="of">${level || "Say where it shows"}</span><b dir="auto">${rec.named(id)}</b>
          ${isLong ? html`<span class="of" dir="auto">${unit}</span>` : null}</span>
        <span class="fromto"><span>${figure("current")}</span>${icon("next", "s dir")}<b>${figure("target")}</b></span></button>
      <${Mark} rec=${rec} id=${id} side=${right[0]} hands=${hands} />
      ${who.length ? html`<span class="who">${says(who)}</span>` : null}</li>
    ${side ? html`<li class="rg panelrow"><span class="rail"></span>
      <${Panel} key=${side} rec=${rec} id=${id} side=${side} close=${() => hands.turn(id, side)} /><span class="rail"></span></li>` : null}
    ${isLast ? null : html`<${Gap} rec=${rec} id=${id} under=${restsOn(rec, ids, id)} />`}`
}

// What is open between the sides, who accepts how much, and how to read the marks.
function Beside({ rec, ids, doubts, turn, archived }) {
  if (!ids.length) return null
  const accepted = (side) => ids.filter((id) => known(rec, id, side) === "accepts").length
  return html`<aside class="ladaside">
    ${doubts.map(({ id, side }, n) => html`<${Doubt} key=${`${id} ${side}`} rec=${rec} id=${id} side=${side} isFirst=${!n} turn=${turn} archived=${archived} />`)}
    <h3>Accepted so far</h3>
    <dl class="accepted">${SIDES.map(([side, name]) => html`<div key=${side}><dt>${name}</dt><dd>${accepted(side)} of ${ids.length}</dd></div>`)}</dl>
    <ul class="marks">${[["y", "tick", "accepts"], ["r", "hand", "has a reservation"], ["o", "", "not asked yet"]].map(([look, sign, told]) => html`
      <li key=${look}><span class="nd ${look}">${sign ? icon(sign, "s") : null}</span>${told}</li>`)}</ul></aside>`
}

function Doubt({ rec, id, side, isFirst, turn, archived }) {
  const by = known(rec, id, `${side}_by`), said = known(rec, id, `${side}_reservation`), on = known(rec, id, `${side}_on`)
  return html`<div class="card doubt"><h3>${icon("hand")}<span><bdi>${by || `The ${nameOf(side).toLowerCase()}`}</bdi> has a reservation</span></h3>
    ${said ? html`<p dir="auto">“${said}”</p>` : html`<p class="mute">Nobody wrote down yet what it is.</p>`}
    <p class="meta">${on ? `${on}, on` : "On"} <bdi>“${rec.named(id)}”</bdi></p>
    ${archived ? null : html`<button class="btn ${isFirst ? "p" : ""}" onClick=${() => go(rec.list, id)}>Change the step</button>
    <button class="btn" onClick=${() => turn(id, side)}>Settle it</button>`}</div>`
}
