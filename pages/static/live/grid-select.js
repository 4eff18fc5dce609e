// Where somebody is in a grid. The active cell has the focus, so screen readers read it; a range goes from it to another.
const PAGE = 12

export const NEW = "+"                                                     // the last row, in which a new record begins

// `grid` tells `ids()` and `columns()` in their order, and brings a cell into sight by `reveal(id, name)`.
export class Selection {
  active = null; end = null; rowsOnly = false; inside = false
  constructor(grid, changed) { this.grid = grid; this.changed = changed }

  place({ id, name }) { return { row: this.grid.ids().indexOf(id), column: this.grid.columns().indexOf(name) } }
  bounds() {
    if (!this.active) return null
    const a = this.place(this.active), b = this.place(this.end ?? this.active)
    if (a.row < 0 || a.column < 0) return null
    if (b.row < 0 || b.column < 0) Object.assign(b, a)
    const { min, max } = Math
    return { top: min(a.row, b.row), bottom: max(a.row, b.row), left: min(a.column, b.column), right: max(a.column, b.column) }
  }
  // The chosen records, without the row for a new one.
  records() { const b = this.bounds(); return b ? this.grid.ids().slice(b.top, b.bottom + 1).filter((id) => id !== NEW) : [] }
  names() { const b = this.bounds(); return b ? this.grid.columns().slice(b.left, b.right + 1) : [] }
  cells() { const names = this.names(); return this.records().flatMap((record) => names.map((name) => ({ record, name }))) }
  get isOne() { const b = this.bounds(); return !!b && b.top === b.bottom && b.left === b.right }

  go(id, name, { extend = false, rows = false } = {}) {
    const ids = this.grid.ids(), columns = this.grid.columns()
    const to = { id: ids.includes(id) ? id : ids.at(-1), name: columns.includes(name) ? name : columns[0] }
    if (extend && this.active) this.end = to
    else { this.active = to; this.end = null }
    this.rowsOnly = rows
    this.changed()
  }
  rows(id, extend) {
    const columns = this.grid.columns()
    if (extend && this.active) { this.active = { id: this.active.id, name: columns[0] }; this.end = { id, name: columns.at(-1) } }
    else { this.active = { id, name: columns[0] }; this.end = { id, name: columns.at(-1) } }
    this.rowsOnly = true
    this.changed()
  }
  column(name, extend) {
    const ids = this.grid.ids()
    this.active = { id: ids[0], name: extend && this.active ? this.active.name : name }
    this.end = { id: ids.at(-1), name }
    this.rowsOnly = false
    this.changed()
  }
  all() { this.rows(this.grid.ids()[0]); this.end.id = this.grid.ids().at(-1); this.changed() }
  move(down, right, extend = false) {
    const ids = this.grid.ids(), columns = this.grid.columns()
    const from = this.place((extend && this.end) || this.active || { id: ids[0], name: columns[0] })
    const row = clamp(from.row + down, ids.length), column = clamp(from.column + right, columns.length)
    this.go(ids[row], columns[column], { extend })
    this.grid.reveal(ids[row], columns[column])
  }
  // The next cell as Tab goes: to the end of the row, then to the next one. False at the very end.
  next(by) {
    const ids = this.grid.ids(), columns = this.grid.columns(), { row, column } = this.place(this.active)
    const at = row * columns.length + column + by
    if (at < 0 || at >= ids.length * columns.length) return false
    const id = ids[Math.floor(at / columns.length)], name = columns[at % columns.length]
    this.go(id, name)
    this.grid.reveal(id, name)
    return true
  }
  // Keys that walk; true when this was one of them.
  walk(e, isRightToLeft) {
    const jump = e.ctrlKey || e.metaKey, far = jump ? 1e9 : 1, along = isRightToLeft ? -1 : 1
    const ways = {
      ArrowUp: [-far, 0], ArrowDown: [far, 0], ArrowLeft: [0, -far * along], ArrowRight: [0, far * along],
      Home: [jump ? -1e9 : 0, -1e9], End: [jump ? 1e9 : 0, 1e9], PageUp: [-PAGE, 0], PageDown: [PAGE, 0],
    }
    const way = ways[e.key]
    if (!way || e.altKey) return false
    this.move(...way, e.shiftKey)
    return true
  }
}
const clamp = (at, length) => Math.max(0, Math.min(length - 1, at))
