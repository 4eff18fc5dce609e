// What hands do in a grid: the mouse or a finger, keys as in spreadsheets, and the clipboard.
import { go, opened } from "./address.js"
import { calling, MANY, meaning } from "./grid-edits.js"
import { copied, isBlank, read } from "./grid-paste.js"
import { NEW } from "./grid-select.js"

const NARROWEST = 60, STEP = 16                                            // of a column, and what a key widens it by
const DRAG_FROM = 6                                                        // pixels; less is a press

export class Hands {
  constructor(grid) {
    Object.assign(this, { grid, selection: grid.selection, edits: grid.edits, stop: new AbortController() })
    this.isAway = this.isTabbing = this.leaving = this.dragged = false
    this.listen()
  }
  leave() { this.stop.abort() }
  get isArchived() { return this.grid.isArchived }
  get order() { return this.grid.order }

  listen() {
    const { signal } = this.stop, table = this.grid.grid
    const on = (type, act) => table.addEventListener(type, act, { signal })
    on("pointerdown", (e) => this.pressed(e))
    on("click", (e) => this.clicked(e))
    on("dblclick", (e) => { if (this.at(e) && !e.target.closest(".unfold")) this.grid.edit(false) })
    on("keydown", (e) => this.keyed(e))
    on("copy", (e) => this.copy(e))
    on("cut", (e) => { if (this.copy(e) && !this.isArchived) this.edits.empty(this.selection.cells()) })
    on("paste", (e) => { e.preventDefault(); this.paste(e.clipboardData.getData("text/plain")) })
    on("focusin", () => this.came())
    on("focusout", (e) => setTimeout(() => { if (!signal.aborted) this.left(e) }))
    const moved = () => this.grid.place()
    const away = (e) => { this.isAway = !e.composedPath().includes(this.grid.host) }
    addEventListener("pointerdown", away, { capture: true, signal })
    addEventListener("scroll", moved, { capture: true, passive: true, signal })
    addEventListener("resize", moved, { signal })
    this.grid.holder.addEventListener("scroll", moved, { passive: true, signal })
  }
  came() {
    this.selection.inside = true
    if (this.selection.active) this.grid.moved()
    else this.selection.go(this.order[0], this.grid.names[0])
  }
  left(e) {
    const now = this.grid.scope.activeElement, isLeft = e.relatedTarget || this.isAway || this.isTabbing || !document.hasFocus()
    // Rows that are drawn anew, or scrolled out of the table, take the focus with them: keys go on from there.
    if (!now && !isLeft && !opened.peek()) return this.grid.cells.focus()
    if (this.grid.grid.contains(now) || this.grid.editor) return
    this.selection.inside = false
    this.grid.doc.at("")
    this.grid.moved()
  }

  // --- mouse and finger
  at(e) {
    const cell = e.target.closest?.("[tabulator-field]"), row = cell?.closest(".tabulator-row")
    if (!row) return null
    return { id: row.dataset.id, name: cell.getAttribute("tabulator-field"), isNumber: cell.classList.contains("number") }
  }
  pressed(e) {
    if (e.button || e.target.closest(".unfold")) return
    this.grid.editor?.close("stay")
    const at = this.at(e)
    if (!at) return this.pressedTitle(e)
    e.preventDefault()                                                     // no marking of text, and the focus is given by hand
    if (at.isNumber) this.pressedNumber(e, at.id)
    else {
      const { active, isOne } = this.selection
      this.again = isOne && active.id === at.id && active.name === at.name
      this.selection.go(at.id, at.name, { extend: e.shiftKey })
      if (e.pointerType === "mouse") this.stretch(e)
    }
    this.grid.cells.focus()
  }
  pressedTitle(e) {
    const title = e.target.closest(".tabulator-col")?.getAttribute("tabulator-field")
    if (!title || title === "id" || e.target.closest(".tabulator-col-resize-handle")) return
    this.selection.column(title, e.shiftKey)
    this.grid.cells.focus()
  }
  pressedNumber(e, id) {
    if (id === NEW) return
    this.wasChosen = this.selection.rowsOnly && this.selection.records().includes(id)
    if (!this.wasChosen) this.selection.rows(id, e.shiftKey)
    this.drag(e, id)
  }
  clicked(e) {
    const at = this.at(e)
    if (!at) return
    if (e.target.closest(".unfold")) go(this.grid.list, at.id)
    else if (at.isNumber && this.wasChosen && !this.dragged) this.selection.rows(at.id, e.shiftKey)
    else if (!at.isNumber && e.pointerType !== "mouse" && this.again) this.grid.edit(false)
  }
  follow(moved, ended) {
    const stop = new AbortController(), { signal } = stop
    addEventListener("pointermove", moved, { signal })
    for (const type of ["pointerup", "pointercancel"]) addEventListener(type, (e) => { stop.abort(); ended?.(e) }, { signal })
  }
  stretch() {
    this.follow((e) => {
      const under = this.grid.scope.elementFromPoint(e.clientX, e.clientY), at = under && this.at({ target: under })
      if (at && !at.isNumber) this.selection.go(at.id, at.name, { extend: true })
    })
  }
  // A row is moved by its number; a line shows where it would stand.
  drag({ clientY: from }, id) {
    this.dragged = false
    if (this.isArchived) return
    let after
    const line = Object.assign(document.createElement("div"), { className: "drop-line" })
    this.follow((e) => {
      if (!this.dragged && Math.abs(e.clientY - from) < DRAG_FROM) return
      this.dragged = true
      after = this.gap(e, line)
    }, (e) => {
      line.remove()
      if (!this.dragged || e.type === "pointercancel" || after === undefined) return
      const chosen = this.selection.records()
      this.carry(chosen.includes(id) ? chosen : [id], after)
    })
  }
  gap(e, line) {
    const rows = [...this.grid.cells.rows()].filter((row) => row.dataset.id !== NEW), last = rows.at(-1)
    const below = rows.find((row) => { const { top, height } = row.getBoundingClientRect(); return e.clientY < top + height / 2 })
    line.style.top = `${below ? below.offsetTop : last.offsetTop + last.offsetHeight}px`
    if (!line.isConnected) this.grid.host.querySelector(".tabulator-table").append(line)
    return below ? this.order[this.order.indexOf(below.dataset.id) - 1] ?? "" : last.dataset.id
  }
  carry(records, after) {
    const place = this.order.indexOf(records[0])
    if (records.includes(after) || (this.order[place - 1] ?? "") === after) return
    this.edits.move(records, after, this.order)
    queueMicrotask(() => {
      const now = this.order.indexOf(records[0]) + 1
      this.edits.tell(`Moved to place ${now} of ${this.order.filter((id) => id !== NEW).length}.`)
      this.grid.reveal(records[0], this.grid.names[0])
    })
  }
  nudge(by) {
    const records = this.selection.records(), first = this.order.indexOf(records[0]), last = first + records.length
    const after = by < 0 ? this.order[first - 2] ?? "" : this.order[last]
    if (!records.length || (by < 0 ? first === 0 : after === NEW || after === undefined)) return
    this.carry(records, after)
  }

  // --- keys
  keyed(e) {
    if (e.target.closest("button") && (e.key === "Enter" || e.key === " ")) return
    const done = this.command(e) || this.selection.walk(e, this.grid.along < 0) || this.begins(e)
    if (done) e.preventDefault()
    this.isTabbing = e.key === "Tab" && !done
    if (e.key !== "Escape" && e.key !== "Tab") this.leaving = false
  }
  // What a key with its held keys does, by name: "Mod" is Control, or Command on a Mac.
  command(e) {
    const held = `${e.ctrlKey || e.metaKey ? "Mod+" : ""}${e.altKey ? "Alt+" : ""}${e.shiftKey ? "Shift+" : ""}`
    const name = held + (e.key === " " ? "Space" : e.key.length === 1 ? e.key.toLowerCase() : e.key)
    const reads = {
      "Mod+a": () => this.selection.all(),
      "Mod+Enter": () => { const [id] = this.selection.records(); if (id) go(this.grid.list, id) },
      "Shift+Space": () => this.selection.rows(this.selection.active.id),
      "Alt+Shift+ArrowLeft": () => this.widen(-STEP),
      "Alt+Shift+ArrowRight": () => this.widen(STEP),
      Escape: () => this.letGo(),
    }
    const writes = {
      "Mod+z": () => this.edits.undo(),
      "Mod+Shift+z": () => this.edits.redo(),
      "Mod+y": () => this.edits.redo(),
      "Mod+d": () => this.fillDown(),
      "Mod+Delete": () => this.grid.remove(),
      "Mod+Backspace": () => this.grid.remove(),
      "Alt+ArrowUp": () => this.nudge(-1),
      "Alt+ArrowDown": () => this.nudge(1),
    }
    if (e.key === "Tab") return !this.leaving && this.selection.next(e.shiftKey ? -1 : 1)
    const act = reads[name] ?? writes[name]
    if (!act) return false
    if (reads[name] || !this.isArchived) act()
    return true
  }
  letGo() {
    this.leaving = true
    this.selection.go(this.selection.active.id, this.selection.active.name)
    this.edits.tell("Tab leaves the table now.")
  }
  // Keys that begin to edit. A sign that is typed goes into the box by itself, which has the focus by then.
  begins(e) {
    if (this.isArchived) return false
    if (e.key === "Enter" || e.key === "F2") {
      const settles = e.key === "Enter" && this.grid.host.querySelector(".cell-note button")
      settles ? settles.focus() : this.grid.edit(false)
      return true
    }
    if (e.key === "Delete" || e.key === "Backspace") {
      this.edits.empty(this.selection.cells())
      return true
    }
    const isSign = e.key.length === 1 && (e.getModifierState("AltGraph") || !(e.ctrlKey || e.metaKey || e.altKey))
    if (isSign || e.key === "Process" || e.key === "Unidentified") this.grid.edit(true)
    return false
  }
  widen(by) {
    const column = this.grid.table.getColumn(this.selection.active.name)
    column.setWidth(Math.max(NARROWEST, column.getWidth() + by))
    this.grid.sized(column)
  }
  fillDown() {
    const [first, ...others] = this.selection.records(), names = this.selection.names()
    this.edits.fill(others.flatMap((record) => names.map((name) => [record, name, this.grid.field(first, name).raw])))
  }

  // --- the clipboard
  copy(e) {
    const names = this.selection.names(), records = this.selection.records(), called = calling(this.grid.doc)
    if (!records.length) return false
    const plain = (id, name) => this.grid.cells.plain(id, this.grid.spec(name), called)
    e.preventDefault()
    e.clipboardData.setData("text/plain", copied(records.map((id) => names.map((name) => plain(id, name)))))
    return true
  }
  paste(text) {
    const bounds = this.selection.bounds(), { grid } = this
    if (!text || !bounds || this.isArchived) return
    const columns = grid.names.slice(bounds.left).map((name) => grid.spec(name)), found = read(text, columns, grid.specs)
    const rows = this.selection.isOne || found.headed ? found.rows : repeated(found.rows, columns, bounds)
    const records = this.order.slice(bounds.top).filter((id) => id !== NEW)
    const { changes, added } = this.edits.paste(rows, records, meaning(grid.doc))
    if (!changes.length) return this.edits.tell(found.said.join(" ") || "Nothing to paste.")
    const save = () => {
      for (const change of changes) if (change.isNew) grid.mine.add(change.record)
      grid.ask.value = null
      return this.edits.write(changes, [told(changes.length, added), ...found.said].join(" "))
    }
    if (changes.length > MANY) grid.ask.value = { rows: changes.length, added, save }
    else save()
  }
}

const rowsOf = (n) => n === 1 ? "1 row" : `${n.toLocaleString("en")} rows`
function told(all, added) {
  if (added === all) return `${rowsOf(added)} added.`
  return added ? `${rowsOf(all - added)} filled, ${rowsOf(added)} added.` : `${rowsOf(all)} filled.`
}
// One copied cell, or a few rows, over a larger range: repeated as often as it fits.
function repeated(rows, columns, { top, bottom, left, right }) {
  const high = bottom - top + 1, wide = right - left + 1
  const times = (row) => Array.from({ length: high }, (_, i) => row(i))
  if (rows.length === 1 && rows[0].size === 1) {
    const [text] = rows[0].values()
    return times(() => new Map(columns.slice(0, wide).map((spec) => [spec, text])))
  }
  const fits = rows.length && high > rows.length && high % rows.length === 0 && !rows.some(isBlank)
  return fits ? times((i) => rows[i % rows.length]) : rows
}
