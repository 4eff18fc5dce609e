// What a side says to a step of the ladder: a mark that is set where it stands, with words where there is a reservation.
import { useLayoutEffect, useRef } from "./vendor/hooks.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { known, spec } from "./ladder-order.js"
import { Question } from "./sheet.js"
import { dayWords, today } from "./times.js"

export const SIDES = [["business", "Business side"], ["technical", "Technical side"]]
const LOOKS = { accepts: ["y", "tick"], objects: ["r", "hand"] }
const CHOICES = [["accepts", "Accepts"], ["objects", "Reservation"], ["", "Not yet"]]

const field = (rec, id, name) => rec.doc.field(`${rec.part}/${rec.list}/${id}/${name}`)
export const nameOf = (side) => SIDES.find(([one]) => one === side)[1]

function says(rec, id, side) {
  const by = known(rec, id, `${side}_by`), on = known(rec, id, `${side}_on`), said = known(rec, id, `${side}_reservation`)
  const what = { accepts: "accepts", objects: "has a reservation" }[known(rec, id, side)] ?? "not asked yet"
  return [`${what}${by || on ? ` (${[by, on].filter(Boolean).join(", ")})` : ""}`, said && `“${said}”`].filter(Boolean).join(": ")
}

export function Mark({ rec, id, side, hands }) {
  const [look, sign] = LOOKS[known(rec, id, side)] ?? ["o", ""], name = nameOf(side)
  const told = `${name}: ${says(rec, id, side)}`, isOpen = hands.open === `${id}/${side}`
  // Along the rail, or to the other side.
  const keys = (e) => {
    const by = { ArrowUp: -1, ArrowDown: 1 }[e.key], isAcross = e.key === "ArrowLeft" || e.key === "ArrowRight"
    if (!by && !isAcross) return
    e.preventDefault()
    const all = [...hands.box.current.querySelectorAll(isAcross ? `.nd[data-of="${id}"]` : `.nd[data-side="${side}"]`)]
    const next = isAcross ? all.find((one) => one !== e.currentTarget) : all[all.indexOf(e.currentTarget) + by]
    next?.focus()
  }
  const hasWords = look === "y" && known(rec, id, `${side}_reservation`)
  return html`<span class="rail"><button class="nd ${look} ${hasWords ? "words" : ""}" data-of=${id} data-side=${side} title=${told} disabled=${hands.archived}
    aria-label=${`${rec.named(id)}. ${told}`} aria-expanded=${String(isOpen)} onKeyDown=${keys} onClick=${() => hands.turn(id, side)}>
    ${sign ? icon(sign) : null}</button></span>`
}

// One save for all that belongs together: what is said, by whom, and when.
function set(rec, id, side, value) {
  const { doc } = rec, cells = {}
  const put = (name, next) => {
    const f = field(rec, id, name)
    if (f.raw !== next) cells[name] = [f.cell.peek().value, next]
  }
  put(side, value)
  put(`${side}_on`, value ? dayWords(today()) : "")
  const me = doc.self.peek()?.name ?? ""
  if (!value) put(`${side}_by`, "")
  else if (me) put(`${side}_by`, me)
  if (Object.keys(cells).length) rec.save([{ record: id, cells }])
}

export function Panel({ rec, id, side, close }) {
  const box = useRef(), now = known(rec, id, side), name = nameOf(side)
  const ask = (field) => html`<${Question} key=${field} doc=${rec.doc} part=${rec.part} list=${rec.list} record=${id} spec=${spec(rec, field)} />`
  useLayoutEffect(() => { box.current.querySelector("[aria-pressed]").focus({ preventScroll: true }) }, [])
  const shut = () => {
    const mark = box.current.getRootNode().querySelector(`.nd[data-of="${id}"][data-side="${side}"]`)
    close()
    mark?.focus()
  }
  const keys = (e) => {
    if (e.key !== "Escape" || e.isComposing) return
    e.preventDefault()
    e.stopPropagation()
    shut()
  }
  const choose = (value) => {
    set(rec, id, side, value)
    rec.say(`${name}: ${CHOICES.find(([one]) => one === value)[1]}`)
    if (value !== "objects") shut()
    else requestAnimationFrame(() => box.current?.querySelector("textarea")?.focus())
  }
  return html`<div class="ladpanel" role="group" ref=${box} onKeyDown=${keys} aria-label=${`${name} on ${rec.named(id)}`}>
    <div class="bar"><span class="seg" role="group" aria-label=${name}>${CHOICES.map(([value, label]) => html`
      <button key=${value} aria-pressed=${String(now === value)} onClick=${() => choose(value)}>${value ? icon(LOOKS[value][1], "s") : null}${label}</button>`)}</span>
      <span class="grow"></span><button class="btn q ico" aria-label="Close" onClick=${shut}>${icon("close")}</button></div>
    ${now ? html`<div class="sheet quiet"><div class="core">${[`${side}_reservation`, `${side}_by`].map(ask)}</div></div>` : null}</div>`
}
