// Carrying a card to a group with mouse or pen; keys and fingers have a button for it.
import { scrollerOf } from "./drag.js"

const BEGINS_AT = 6                                                         // pixels; less is a click
const EDGE = 56, PACE = 14

// Begin with a pointer that went down on a card. `aim` is told the group it is over ("" alone, null nowhere), `drop` the last one.
export function carry(event, aim, drop) {
  if (event.button || event.pointerType === "touch" || event.target.closest("button, a, textarea, input, select")) return
  const card = event.currentTarget, scope = card.getRootNode(), scroller = scrollerOf(card), from = { x: event.clientX, y: event.clientY }, box = card.getBoundingClientRect()
  let ghost = null, over = null, at = from, pulling = 0
  const look = () => {
    ghost.style.translate = `${at.x - from.x}px ${at.y - from.y}px`
    const place = scope.elementFromPoint(at.x, at.y)?.closest("[data-group]")
    const next = place ? place.dataset.group : null
    if (next !== over) aim(over = next)
  }
  const pull = () => {
    const { top, bottom } = scroller === document.scrollingElement ? { top: 0, bottom: innerHeight } : scroller.getBoundingClientRect()
    const by = at.y < top + EDGE ? -PACE : at.y > bottom - EDGE ? PACE : 0
    if (by) { scroller.scrollBy(0, by); look() }
    pulling = requestAnimationFrame(pull)
  }
  const move = (e) => {
    at = { x: e.clientX, y: e.clientY }
    if (!ghost) {
      if (Math.hypot(at.x - from.x, at.y - from.y) < BEGINS_AT) return
      getSelection()?.removeAllRanges()
      ghost = card.parentElement.appendChild(card.cloneNode(true))
      ghost.classList.add("carried")
      ghost.setAttribute("aria-hidden", "true")
      Object.assign(ghost.style, { top: `${box.top}px`, left: `${box.left}px`, width: `${box.width}px` })
      card.classList.add("lifted")
      pulling = requestAnimationFrame(pull)
    }
    e.preventDefault()
    look()
  }
  const end = (e) => {
    for (const [name, does] of heard) removeEventListener(name, does, true)
    cancelAnimationFrame(pulling)
    if (!ghost) return
    ghost.remove()
    card.classList.remove("lifted")
    aim(null)
    if (e.type === "pointerup" && over !== null) drop(over)
  }
  const leave = (e) => { if (e.key === "Escape" && ghost) { e.stopPropagation(); end(e) } }
  const heard = [["pointermove", move], ["pointerup", end], ["pointercancel", end], ["keydown", leave]]
  for (const [name, does] of heard) addEventListener(name, does, true)
}
