// Below a grid: what was done, what was not saved, what can be shown. Beside a cell: why it was refused, or who else wrote in it.
import { render } from "./vendor/preact.js"
import { useState } from "./vendor/hooks.js"
import { effect } from "./vendor/signals-core.js"
import { Clash } from "./clash.js"
import { NEW } from "./grid-select.js"
import { html } from "./html.js"

const KEYS = "Arrow keys walk. Enter opens a cell, typing replaces it, Delete empties it. Control with Enter opens the row, " +
  "Control with Delete removes it, Alt with an arrow up or down moves it. Escape and then Tab leaves the table."
const count = (n, one, more) => n === 1 ? `1 ${one}` : `${n.toLocaleString("en")} ${more}`

export function foot(grid) {
  render(html`<${Foot} grid=${grid} />`, grid.foot)
  return () => render(null, grid.foot)
}
function Foot({ grid }) {
  const { edits } = grid, { records, isRows } = grid.selected.value, isArchived = grid.doc.archived.value
  const troubles = inOrder(grid, [...edits.troubles.value])
  edits.steps.value
  const first = () => {
    const [{ record, name }] = troubles
    grid.selection.go(record, name)
    grid.reveal(record, grid.selection.active.name)
    grid.cells.focus()
  }
  return html`<p class="off" id="grid-keys">${KEYS}</p>
    <p class="told" role="status">${edits.progress.value || edits.said.value}</p>
    <${Ask} grid=${grid} />
    ${troubles.length ? html`<p class="troubles"><span>${count(troubles.length, "cell is", "cells are")} not saved.</span>${" "}
      <button class="link" onClick=${first}>Show the first</button></p>` : null}
    <div class="line">${isArchived ? html`<span>This project is archived: it can be read and copied, not changed.</span>`
      : html`<span>? means not known yet.</span><span>Rows of others appear by themselves, except in the cell you are in.</span>`}
      <span class="acts">${!isArchived && isRows && records
        ? html`<button class="link" onClick=${() => grid.remove()}>Remove ${count(records, "row", "rows")}</button>` : null}
      ${!isArchived && edits.done.length ? html`<button class="link" onClick=${() => edits.undo()}>Undo</button>` : null}
      <${Columns} grid=${grid} /></span></div>`
}
// Many rows are spoken of before they are saved.
function Ask({ grid }) {
  const ask = grid.ask.value
  if (!ask) return null
  const rows = count(ask.rows, "row", "rows"), no = () => { grid.ask.value = null; grid.edits.tell("Nothing was pasted.") }
  return html`<div class="ask" role="alertdialog" aria-label="Many rows">
    <p>These are ${rows}. They are saved 200 at a time, so that others can save meanwhile, and History shows each time.</p>
    <button class="strong" onClick=${ask.save}>${ask.added === ask.rows ? "Add" : "Paste"} ${rows}</button>
    <button onClick=${no}>Leave it</button></div>`
}
function inOrder(grid, fields) {
  const place = (f) => grid.order.indexOf(f.record) * 100 + grid.specs.findIndex((s) => s.name === f.name)
  return fields.sort((a, b) => place(a) - place(b))
}
function Columns({ grid }) {
  const [isOpen, setOpen] = useState(false), chosen = grid.chosen.value
  const tick = (name) => (e) => grid.choose(e.target.checked ? [...chosen, name] : chosen.filter((n) => n !== name))
  const leave = (e) => {
    if (e.key !== "Escape") return
    e.stopPropagation()
    setOpen(false)
    e.currentTarget.querySelector("button").focus()
  }
  const choice = ({ name, label }) => html`<label key=${name}><input type="checkbox" checked=${chosen.includes(name)}
    disabled=${chosen.length === 1 && chosen[0] === name} onChange=${tick(name)} /><span>${label}</span></label>`
  return html`<span class="columns" onKeyDown=${leave}>
    <button class="link" aria-expanded=${isOpen} onClick=${() => setOpen(!isOpen)}>
      <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M4.5 7h15M7.5 12h9M10.5 17h3" /></svg>
      Columns ${chosen.length} of ${grid.specs.length}</button>
    ${isOpen ? html`<span class="menu" role="group" aria-label="Columns">${grid.specs.map(choice)}</span>` : null}</span>`
}

// A note under the active cell while something is the matter with it.
export function note(grid) {
  const box = Object.assign(document.createElement("div"), { className: "cell-note", id: "cell-note", popover: "manual" })
  grid.host.append(box)
  const place = () => {
    const { active } = grid.selection, cell = active && grid.cell(active.id, active.name)
    if (!cell || !box.matches(":popover-open")) return
    const { left, bottom, top } = cell.getBoundingClientRect(), isLow = bottom + box.offsetHeight + 12 > innerHeight
    box.style.left = `${Math.max(8, Math.min(left, innerWidth - box.offsetWidth - 8))}px`
    box.style.top = `${isLow ? top - box.offsetHeight - 4 : bottom + 4}px`
  }
  const off = effect(() => {
    grid.selected.value
    const { active, inside } = grid.selection, f = active && active.id !== NEW ? grid.field(active.id, active.name) : null
    const wrong = f?.wrong.value, clash = f?.clash.value, isHere = inside || box.contains(grid.scope.activeElement)
    const isShown = isHere && (wrong || clash) && !grid.editor
    const words = wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : null
    render(isShown ? html`${words}<${Clash} f=${f} spec=${grid.spec(active.name)} />` : null, box)
    if (isShown && !box.matches(":popover-open")) box.showPopover()
    if (!isShown && box.matches(":popover-open")) box.hidePopover()
    grid.cell(active?.id ?? "", active?.name ?? "")?.setAttribute("aria-describedby", "cell-note")
    place()
  })
  addEventListener("scroll", place, { capture: true, passive: true })
  return () => { off(); removeEventListener("scroll", place, { capture: true }); render(null, box); box.remove() }
}
