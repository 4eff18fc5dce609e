// A box for text that others may change under the caret: the box is the browser's own, the text goes in and out by hand.
import { useLayoutEffect, useRef } from "./vendor/hooks.js"
import { useSignalEffect } from "./vendor/signals.js"
import { UNKNOWN } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { dayWords, isoOf } from "./times.js"

const PAUSE_MS = { text: 500, long: 500, date: 3000 }                      // half a date is no date
const NUMBERS = new Set(["integer", "number", "money"])
const GROWS = globalThis.CSS?.supports("field-sizing", "content")

const hasFocus = (box) => box.getRootNode().activeElement === box
const shown = (raw) => (raw === UNKNOWN ? "" : raw)

// Puts a text in place of another and leaves the caret where it was in the words around it.
export function replace(box, text) {
  const old = box.value, { selectionStart: from, selectionEnd: to } = box
  box.value = text
  if (!hasFocus(box)) return
  let begin = 0, end = 0
  while (begin < old.length && old[begin] === text[begin]) begin++
  while (end < Math.min(old.length, text.length) - begin && old.at(-1 - end) === text.at(-1 - end)) end++
  const moved = (at) => (at <= begin ? at : at >= old.length - end ? at + text.length - old.length : Math.min(at, text.length - end))
  box.setSelectionRange(moved(from), moved(to))
}

function grow(box) {
  if (GROWS || box.tagName !== "TEXTAREA") return
  box.style.height = "auto"
  box.style.height = `${box.scrollHeight + 2}px`
}

// What fits the kind of project; the kind is a question like any other, so an open page follows it.
const exampleOf = (doc, spec) => spec.examples?.[doc.field("project///kind").raw] ?? spec.example

export function Text({ f, spec, id, described }) {
  const ref = useRef(), { doc, addr } = f, isLong = spec.kind === "long", isText = isLong || spec.kind === "text"
  const write = (text) => { replace(ref.current, text); grow(ref.current) }
  useLayoutEffect(() => { write(shown(f.raw)) }, [f])
  useSignalEffect(() => {
    const { raw } = f, box = ref.current
    if (!box || f.isComposing || box.value === shown(raw)) return
    // What was just typed keeps its looks until it is left: "1000" becomes "1,000", and "?" an answer of its own.
    if (hasFocus(box) && f.isAsTyped(box.value.normalize("NFC"))) return
    write(shown(raw))
  })
  const typed = ({ target }) => {
    if (!isLong && target.value.includes("\n")) target.setRangeText(target.value.replace(/\s*\n\s*/g, " "), 0, target.value.length, "end")
    grow(target)
    f.type(target.value.normalize("NFC"), PAUSE_MS[spec.kind] ?? 1500)
    doc.at(addr, true)
  }
  const left = () => {
    f.isComposing = false
    doc.at("")
    f.flush()
    // A box that is taken away with the focus in it is left, too.
    if (ref.current && ref.current.value !== shown(f.raw)) write(shown(f.raw))
  }
  const keys = (e) => {
    if (e.key !== "Enter" || e.isComposing || (isLong && !e.ctrlKey && !e.metaKey)) return
    e.preventDefault()
    f.flush()
  }
  const example = exampleOf(doc, spec) || (spec.kind === "date" ? "31 Mar 2027" : "")
  const given = {
    ref, id, class: "control", autocomplete: "off", dir: isText ? "auto" : undefined, maxLength: spec.max || 300,
    placeholder: f.raw === UNKNOWN ? "Not known yet" : example && `e.g. ${example}`, readOnly: doc.archived.value,
    inputMode: NUMBERS.has(spec.kind) ? "decimal" : undefined, enterkeyhint: isLong ? undefined : "done",
    "aria-describedby": described, "aria-invalid": f.wrong.value ? "true" : undefined,
    onInput: typed, onKeyDown: keys, onFocus: () => doc.at(addr), onBlur: left,
    onCompositionStart: () => { f.isComposing = true }, onCompositionEnd: () => { f.isComposing = false },
  }
  if (isText) return html`<textarea rows=${isLong ? 2 : 1} ...${given}></textarea>`
  return html`<input type="text" ...${given} />`
}

// A day is written in words that no country reads as another day, and typed in any usual form; the browser's calendar only fills them in.
export function Calendar({ f, spec, id }) {
  const picker = useRef()
  const open = () => {
    picker.current.value = isoOf(f.raw)
    if (picker.current.showPicker) picker.current.showPicker()
    else picker.current.focus()
  }
  const chosen = ({ target }) => {
    if (!target.value) return
    f.type(dayWords(target.value))
    target.getRootNode().getElementById(id)?.focus()
  }
  return html`<input type="date" class="picker" ref=${picker} min="1900-01-01" max="2200-12-31" tabindex="-1" aria-hidden="true" onChange=${chosen} />
    <button type="button" class="calendar" title="Choose a day" aria-label=${`Choose a day: ${spec.label}`} onClick=${open}>${icon("calendar", "s")}</button>`
}
