// What stands in the cells of a grid: each follows its own answer, so news of others redraws one cell and nothing else.
import { effect } from "./vendor/signals-core.js"
import { UNKNOWN } from "./doc.js"
import { isChosen } from "./grid-edits.js"
import { NEW } from "./grid-select.js"
import { called } from "./people.js"
import { words } from "./words.js"

const OPEN = '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M14 5h5v5M19 5l-7 7M10 6H6v12h12v-4"/></svg>'

export class Cells {
  offs = new Map(); tall = new Set(); fresh = new Set()
  constructor(grid) { this.grid = grid }
  forget() { for (const off of this.offs.values()) off(); this.offs.clear() }

  // An answer as the cell shows it, and as spreadsheets take it: without unit, links by words that tell them apart.
  words(id, spec) {
    const f = this.grid.field(id, spec.name), { raw } = f
    // What was refused stands there as it was typed.
    if (f.wrong.value) return raw
    const said = words(this.grid.doc, this.grid.part, this.grid.list, id, spec)
    return said || (spec.kind === "link" && raw ? "a removed entry" : raw)
  }
  plain(id, spec, called) {
    const raw = this.grid.field(id, spec.name).raw
    return isChosen(spec) ? called(spec, raw) : raw
  }

  // A cell for Tabulator; its text follows the answer from now on.
  draw(cell, spec) {
    const id = cell.getRow().getIndex(), text = document.createElement("div")
    text.className = "text"
    text.dir = "auto"
    if (id === NEW) {
      const isFirst = spec.name === this.grid.names[0]
      text.textContent = isFirst ? "Type, or paste rows from a spreadsheet" : ""
      return text
    }
    const key = `${id}/${spec.name}`, f = this.grid.field(id, spec.name)
    this.offs.get(key)?.()
    let isDrawn = false
    this.offs.set(key, effect(() => {
      const said = this.words(id, spec), el = cell.getElement()
      text.textContent = said
      text.classList.toggle("unk", said === UNKNOWN)
      el.classList.toggle("refused", !!f.wrong.value)
      el.classList.toggle("clashes", !!f.clash.value)
      f.wrong.value || f.clash.value ? el.setAttribute("aria-invalid", "true") : el.removeAttribute("aria-invalid")
      this.grid.edits.watch(f)
      if (isDrawn) this.taller(cell.getRow())
    }))
    isDrawn = true
    return text
  }
  number(cell) {
    const id = cell.getRow().getIndex(), place = this.grid.order.indexOf(id) + 1, box = document.createElement("div")
    cell.getElement().setAttribute("role", "rowheader")
    box.className = "place"
    box.append(Object.assign(document.createElement("span"), { textContent: place }))
    if (id !== NEW) {
      const open = document.createElement("button")
      Object.assign(open, { className: "unfold", tabIndex: -1, innerHTML: OPEN, title: "Open (Ctrl+Enter)" })
      open.setAttribute("aria-label", `Open row ${place}`)
      box.append(open)
    }
    return box
  }
  dress(row) {
    const el = row.getElement(), id = row.getIndex(), at = this.grid.order.indexOf(id)
    el.dataset.id = id
    el.setAttribute("aria-rowindex", at + 2)
    el.classList.toggle("new", id === NEW)
    el.classList.toggle("held", this.grid.held.includes(id))
    if (this.fresh.delete(id)) el.classList.add("arrived")
    this.soon()
  }

  // Heights: measured once for all that changed, when the browser draws next
  taller(row) {
    this.tall.add(row)
    this.timer ??= requestAnimationFrame(() => { this.timer = null; this.settle() })
  }
  settle() {
    const rows = [...this.tall]
    this.tall.clear()
    for (const row of rows) {
      if (row.getElement().isConnected) row.normalizeHeight()
      else row.getElement() && (row._row.heightInitialized = false)        // measured when it comes into sight again
    }
    this.grid.place()
  }
  heights() { for (const el of this.rows()) this.taller(this.grid.table.getRow(el.dataset.id)); this.soon() }
  rows() { return this.grid.host.querySelectorAll(".tabulator-row") }

  // What is chosen and where others are, painted over the rows on the page
  soon() { this.painting ??= requestAnimationFrame(() => { this.painting = null; if (!this.grid.gone) this.paint() }) }
  paint() {
    const { selection, doc, part, list, order } = this.grid, bounds = selection.bounds()
    const places = new Map(order.map((id, i) => [id, i]))
    const others = new Map(doc.people.peek().filter((p) => p.at.startsWith(`${part}/${list}/`)).map((p) => [p.at, p]))
    const { active } = selection
    for (const row of this.rows()) {
      const at = places.get(row.dataset.id), isIn = bounds && at >= bounds.top && at <= bounds.bottom
      row.setAttribute("aria-selected", String(!!isIn && selection.rowsOnly))
      for (const cell of row.children) {
        const name = cell.getAttribute("tabulator-field"), column = this.grid.names.indexOf(name)
        const isActive = active?.id === row.dataset.id && active.name === name
        const isChosen = isIn && (column < 0 ? selection.rowsOnly : column >= bounds.left && column <= bounds.right)
        cell.classList.toggle("active", isActive && selection.inside)
        cell.classList.toggle("chosen", !!isChosen && (!selection.isOne || column < 0))
        if (column >= 0) {
          cell.tabIndex = isActive || (!active && at === 0 && column === 0) ? 0 : -1
          cell.setAttribute("aria-selected", String(!!isChosen))
          cell.setAttribute("aria-colindex", column + 2)
        }
        this.ring(cell, others.get(`${part}/${list}/${row.dataset.id}/${name}`))
      }
    }
    this.refocus()
  }
  ring(cell, person) {
    if (!person && !cell.dataset.who) return
    if (person) cell.dataset.who = called(person) + (person.typing ? " is typing" : "")
    else delete cell.dataset.who
    cell.style.setProperty("--person", person ? `var(--p${person.colour})` : "")
    let tag = cell.querySelector(".who")
    if (!person) return tag?.remove()
    if (!tag) cell.append(tag = Object.assign(document.createElement("span"), { className: "who" }))
    tag.textContent = cell.dataset.who
  }
  focus() { this.grid.selection.inside = true; this.paint(); this.refocus(true) }
  // The focus follows the active cell, unless it is on something else that the person chose.
  refocus(isAsked) {
    const { selection, scope, editor, grid } = this.grid, { active } = selection
    if (!selection.inside || !active || editor) return
    const now = scope.activeElement, el = this.grid.cell(active.id, active.name)
    if ((now && now === el) || (!isAsked && now && now !== grid && (!grid.contains(now) || now.matches(".unfold")))) return
    el ? el.focus({ preventScroll: true }) : grid.focus({ preventScroll: true })
  }
}
