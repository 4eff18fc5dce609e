// Moving a row by mouse, pen or finger: by its number, with a mouse anywhere on the row.
import { signal } from "./vendor/signals.js"

const BEGINS_AT = 6                                                         // pixels; less is a click
const EDGE = 48, PACE = 14                                                  // near the edge of what scrolls, it scrolls

// The box that scrolls what is in it, through the walls of components.
export function scrollerOf(el) {
  for (let at = el; at; at = at.parentElement ?? at.getRootNode().host) {
    if (/auto|scroll/.test(getComputedStyle(at).overflowY) && at.scrollHeight > at.clientHeight) return at
  }
  return document.scrollingElement
}

// What is being moved: {id, before: the row in front of which it would stand, "" behind the last}.
export const dragged = signal(null)

// Begin with a pointer that went down on a row; `drop` is told the row and what it shall stand behind, "" for first.
export function drag(event, ul, id, drop) {
  const onHandle = event.target.closest?.(".rank")
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || (!onHandle && event.pointerType !== "mouse")) return
  const scroller = scrollerOf(ul), from = { x: event.clientX, y: event.clientY }
  let y = from.y, pulling = 0
  const rows = () => [...ul.querySelectorAll("li[data-id]")].filter((li) => li.dataset.id !== id)
  const aim = () => {
    const next = rows().find((li) => { const box = li.getBoundingClientRect(); return y < box.top + box.height / 2 })
    dragged.value = { id, before: next?.dataset.id ?? "" }
  }
  const pull = () => {
    const box = scroller === document.scrollingElement ? { top: 0, bottom: innerHeight } : scroller.getBoundingClientRect()
    const by = y < box.top + EDGE ? -PACE : y > box.bottom - EDGE ? PACE : 0
    if (by) { scroller.scrollBy(0, by); aim() }
    pulling = requestAnimationFrame(pull)
  }
  const move = (e) => {
    y = e.clientY
    if (!dragged.peek()) {
      if (Math.hypot(e.clientX - from.x, y - from.y) < BEGINS_AT) return
      getSelection()?.removeAllRanges()
      pulling = requestAnimationFrame(pull)
    }
    aim()
  }
  const end = (e) => {
    const aimed = dragged.peek()
    for (const [name, does] of heard) removeEventListener(name, does, true)
    cancelAnimationFrame(pulling)
    dragged.value = null
    if (!aimed) return
    // The click that follows would open the row.
    const once = (click) => { click.stopPropagation(); click.preventDefault() }
    addEventListener("click", once, { capture: true, once: true })
    setTimeout(() => removeEventListener("click", once, true), 50)
    if (e.type === "pointerup") drop(id, aimed.before)
  }
  const leave = (e) => { if (e.key === "Escape" && dragged.peek()) { e.stopPropagation(); end(e) } }
  const heard = [["pointermove", move], ["pointerup", end], ["pointercancel", end], ["keydown", leave]]
  for (const [name, does] of heard) addEventListener(name, does, true)
  if (onHandle) event.preventDefault()
}
