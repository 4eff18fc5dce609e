// The editor of one cell: a text box that grows, or what can be chosen. It lies above the table, so no news can touch it.
import { labels, isChosen } from "./grid-edits.js"
import { UNKNOWN } from "./doc.js"

const WIDEST = 560
let editors = 0

// `left(how)` is told when it closes: "down", "up", "next", "back", "stay", an arrow ("ArrowLeft"…), or "cancel".
export class Editor {
  constructor({ host, spec, label, raw, doc, typing, left }) {
    Object.assign(this, { spec, label, raw, doc, typing, left, id: `grid-editor-${++editors}` })
    this.box = document.createElement("div")
    this.box.className = "cell-editor"
    this.box.popover = "manual"
    this.input = document.createElement("textarea")
    const longest = isChosen(spec) ? 200 : spec.max || 300
    Object.assign(this.input, { rows: 1, maxLength: longest, dir: "auto", autocomplete: "off", spellcheck: spec.kind === "long" })
    this.input.setAttribute("aria-label", label)
    this.input.enterKeyHint = "next"
    this.box.append(this.input)
    if (isChosen(spec)) this.addChoices()
    host.append(this.box)
    this.input.addEventListener("keydown", (e) => this.pressed(e))
    this.input.addEventListener("input", () => this.changed())
    // A picked choice closes it; anything else that takes the focus leaves it as Tab would.
    this.input.addEventListener("blur", () => { if (!this.closed && document.hasFocus()) this.close("stay") })
  }
  // Shown over its cell. `over` is true when what is typed takes the place of what was there.
  open(rect, over) {
    this.over = over
    this.input.value = over ? "" : this.shown()
    this.before = this.input.value
    this.box.showPopover()
    this.place(rect)
    this.input.focus({ preventScroll: true })
    this.input.setSelectionRange(this.input.value.length, this.input.value.length)
    if (this.list) this.draw()
  }
  place({ left, right, top, bottom, width, height }) {
    const wide = Math.min(Math.max(width, this.spec.kind === "long" ? 320 : this.list ? 220 : width), WIDEST, innerWidth - 16)
    const start = getComputedStyle(this.input).direction === "rtl" ? right - wide : left
    const inSight = Math.max(8, Math.min(start, innerWidth - wide - 8))
    Object.assign(this.box.style, { left: `${inSight}px`, width: `${wide}px`, minHeight: `${height}px` })
    // Near the lower edge it grows upwards, so that its end stays in sight.
    const below = innerHeight - top - 8, up = below < Math.min(160, this.box.scrollHeight)
    Object.assign(this.box.style, up
      ? { top: "auto", bottom: `${innerHeight - bottom}px`, maxHeight: `${bottom - 8}px` }
      : { top: `${top}px`, bottom: "auto", maxHeight: `${below}px` })
    this.grow()
  }
  grow() { this.input.style.height = "auto"; this.input.style.height = `${this.input.scrollHeight}px` }
  shown() {
    if (!isChosen(this.spec) || this.raw === UNKNOWN || !this.raw) return this.raw
    return labels(this.doc, this.spec).find(([value]) => value === this.raw)?.[1] ?? this.raw
  }
  changed() {
    const typed = this.input.value
    if (this.spec.kind !== "long" && /\n/.test(typed)) this.input.value = typed.replace(/\s*\n\s*/g, " ")
    this.grow()
    if (this.list) { this.filter = this.input.value; this.draw() }
    this.typing(this.value())
  }
  value() {
    const text = this.input.value.normalize("NFC")
    if (!this.list) return text
    if (this.picked !== undefined) return this.picked
    if (text === this.before && !this.over) return this.raw
    const low = text.trim().toLowerCase(), found = this.choices.filter(([, label]) => label.toLowerCase().includes(low))
    return this.choices.find(([, label]) => label.toLowerCase() === low)?.[0] ?? (low && found.length === 1 ? found[0][0] : text)
  }
  pressed(e) {
    if (e.isComposing) return
    e.stopPropagation()
    const isNewLine = e.key === "Enter" && (e.altKey || e.ctrlKey || e.metaKey)
    if (isNewLine && this.spec.kind === "long") {
      e.preventDefault()
      this.input.setRangeText("\n", this.input.selectionStart, this.input.selectionEnd, "end")
      return this.changed()
    }
    if (this.list && (e.key === "ArrowDown" || e.key === "ArrowUp")) {
      e.preventDefault()
      return this.point(e.key === "ArrowDown" ? 1 : -1)
    }
    const arrow = this.over && e.key.startsWith("Arrow") && !e.shiftKey
    const ways = { Enter: e.shiftKey ? "up" : "down", Tab: e.shiftKey ? "back" : "next", Escape: "cancel" }
    const how = ways[e.key] ?? (arrow ? e.key : null)
    if (e.key === "F2") { this.over = false; return }
    if (!how) return
    e.preventDefault()
    if (this.list && this.pointed >= 0 && how !== "cancel") this.picked = this.offered[this.pointed][0]
    this.close(how)
  }
  close(how) {
    if (this.closed) return
    this.closed = true
    const value = this.value()
    this.box.remove()
    this.left(how, value)
  }
  // Choices: shown below the box, narrowed by what is typed.
  addChoices() {
    this.list = document.createElement("ul")
    Object.assign(this.list, { id: `${this.id}-list`, className: "offers" })
    this.list.setAttribute("role", "listbox")
    this.list.setAttribute("aria-label", this.label)
    const told = { role: "combobox", "aria-expanded": "true", "aria-autocomplete": "list", "aria-controls": this.list.id }
    for (const [name, value] of Object.entries(told)) this.input.setAttribute(name, value)
    const open = this.spec.assumed ? [] : [["", "Not answered"], [UNKNOWN, "Not known yet"]]
    this.choices = [...labels(this.doc, this.spec), ...open]
    this.box.append(this.list)
    this.list.addEventListener("pointerdown", (e) => {
      const option = e.target.closest("[role=option]")
      e.preventDefault()                                                   // the box keeps the focus
      if (option) { this.picked = this.offered[Number(option.dataset.at)][0]; this.close("stay") }
    })
  }
  draw() {
    const low = (this.filter ?? "").trim().toLowerCase()
    this.offered = low ? this.choices.filter(([, label]) => label.toLowerCase().includes(low)) : this.choices
    this.pointed = low && this.offered.length ? 0 : this.offered.findIndex(([value]) => value === this.raw)
    this.list.replaceChildren(...this.offered.map(([value, label], at) => {
      const item = document.createElement("li")
      Object.assign(item, { id: `${this.list.id}-${at}`, textContent: label, dir: "auto" })
      item.dataset.at = at
      item.setAttribute("role", "option")
      item.classList.toggle("open-answer", value === "" || value === UNKNOWN)
      return item
    }))
    this.point(0)
  }
  point(by) {
    if (!this.offered.length) return void this.input.removeAttribute("aria-activedescendant")
    this.pointed = by ? (this.pointed + by + this.offered.length) % this.offered.length : this.pointed
    for (const item of this.list.children) item.setAttribute("aria-selected", String(Number(item.dataset.at) === this.pointed))
    const item = this.list.children[this.pointed]
    if (!item) return
    this.input.setAttribute("aria-activedescendant", item.id)
    item.scrollIntoView({ block: "nearest" })
  }
}
