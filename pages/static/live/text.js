import { useLayoutEffect, useRef } from "./vendor/hooks.js"
import { useSignalEffect } from "./vendor/signals.js"
import { UNKNOWN } from "./doc.js"
import { html } from "./html.js"

// Text that others may change under the caret: the box is ours, the text goes in and out by hand.
export function Text({ f, spec, id, place }) {
  const ref = useRef()
  const long = spec.kind === "long", wait = long || spec.kind === "text" ? 700 : 1500
  useSignalEffect(() => {
    const raw = f.raw, el = ref.current, text = raw === UNKNOWN ? "" : raw
    if (!el || el.value === text || f.composing) return
    const focused = el.getRootNode().activeElement === el, old = el.value
    let at = el.selectionStart, to = el.selectionEnd
    el.value = text
    if (!focused) return
    let begin = 0; while (begin < old.length && old[begin] === text[begin]) begin++
    let end = 0; while (end < old.length - begin && end < text.length - begin && old.at(-1 - end) === text.at(-1 - end)) end++
    const moved = (p) => p <= begin ? p : p >= old.length - end ? p + text.length - old.length : Math.min(p, text.length - end)
    el.setSelectionRange(moved(at), moved(to))
  })
  useLayoutEffect(() => { const t = f.raw; ref.current.value = t === UNKNOWN ? "" : t }, [f])
  const typed = (e) => { if (!long) e.target.value.includes("\n") && e.target.setRangeText(e.target.value.replace(/\s*\n\s*/g, " "), 0, e.target.value.length, "end"); f.type(e.target.value.normalize("NFC"), wait); f.doc.at(place, true) }
  return html`<textarea ref=${ref} id=${id} class="control" dir="auto" rows=${long ? 2 : 1} maxLength=${spec.max || 300} autocomplete="off"
    aria-describedby=${id + "-hint"} aria-invalid=${f.wrong.value ? "true" : undefined} aria-label=${spec.label}
    inputMode=${["integer", "number", "money"].includes(spec.kind) ? "decimal" : undefined} enterkeyhint=${long ? undefined : "done"}
    placeholder=${f.raw === UNKNOWN ? "" : spec.example ? `e.g. ${spec.example}` : spec.kind === "date" ? "2027-03-31" : ""}
    onInput=${typed} onCompositionStart=${() => { f.composing = true }} onCompositionEnd=${() => { f.composing = false }}
    onFocus=${() => f.doc.at(place)} onBlur=${() => { f.doc.at(""); f.flush() }}
    onKeyDown=${(e) => { if (e.key === "Enter" && !e.isComposing && (!long || e.ctrlKey || e.metaKey)) { e.preventDefault(); f.flush() } }}></textarea>`
}
