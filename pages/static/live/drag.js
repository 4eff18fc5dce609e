// Moving something by mouse, pen or finger: a row by its number, with a mouse anywhere on it; and what else is carried.
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

// From a pointer that went down on `el`: `begin` once it has moved, `look` wherever it is from then on, also while the page scrolls
// below it, and `end` with whether it was let go, or given up.
export function pulled(event, el, { begin, look, end, edge = EDGE }) {
  const scroller = scrollerOf(el), from = { x: event.clientX, y: event.clientY }
  let at = from, isPulled = false, pulling = 0
  const pull = () => {
    const { top, bottom } = scroller === document.scrollingElement ? { top: 0, bottom: innerHeight } : scroller.getBoundingClientRect()
    const by = at.y < top + edge ? -PACE : at.y > bottom - edge ? PACE : 0
    if (by) { scroller.scrollBy(0, by); look(at, from) }
    pulling = requestAnimationFrame(pull)
  }
  const move = (e) => {
    at = { x: e.clientX, y: e.clientY }
    if (!isPulled) {
      if (Math.hypot(at.x - from.x, at.y - from.y) < BEGINS_AT) return
      isPulled = true
      getSelection()?.removeAllRanges()
      begin?.()
      pulling = requestAnimationFrame(pull)
    }
    look(at, from)
  }
  const stop = (e) => {
    for (const [name, does] of heard) removeEventListener(name, does, true)
    cancelAnimationFrame(pulling)
    if (isPulled) end(e.type === "pointerup")
  }
  const leave = (e) => { if (e.key === "Escape" && isPulled) { e.stopPropagation(); stop(e) } }
  const heard = [["pointermove", move], ["pointerup", stop], ["pointercancel", stop], ["keydown", leave]]
  for (const [name, does] of heard) addEventListener(name, does, true)
}

// What is being moved: {id, before: the row in front of which it would stand, "" behind the last}.
export const dragged = signal(null)

// Begin with a pointer that went down on a row; `drop` is told the row and what it shall stand behind, "" for first.
export function drag(event, ul, id, drop) {
  const onHandle = event.target.closest?.(".rank")
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || (!onHandle && event.pointerType !== "mouse")) return
  const look = ({ y }) => {
    const rows = [...ul.querySelectorAll("li[data-id]")].filter((li) => li.dataset.id !== id)
    const next = rows.find((li) => { const box = li.getBoundingClientRect(); return y < box.top + box.height / 2 })
    dragged.value = { id, before: next?.dataset.id ?? "" }
  }
  const end = (isDropped) => {
    const aimed = dragged.peek()
    dragged.value = null
    if (!aimed) return                                                      // another finger has let it go
    // The click that follows would open the row.
    const once = (click) => { click.stopPropagation(); click.preventDefault() }
    addEventListener("click", once, { capture: true, once: true })
    setTimeout(() => removeEventListener("click", once, true), 50)
    if (isDropped) drop(id, aimed.before)
  }
  pulled(event, ul, { look, end })
  if (onHandle) event.preventDefault()
}
