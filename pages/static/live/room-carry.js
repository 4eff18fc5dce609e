// Carrying a card to a group with mouse or pen; keys and fingers have a button for it.
import { pulled } from "./drag.js"

const EDGE = 56                                                             // pixels from the edge of what scrolls

// Begin with a pointer that went down on a card. `aim` is told the group it is over ("" alone, null nowhere), `drop` the last one.
export function carry(event, aim, drop) {
  if (event.button || event.pointerType === "touch" || event.target.closest("button, a, textarea, input, select")) return
  const card = event.currentTarget, scope = card.getRootNode(), { top, left, width } = card.getBoundingClientRect()
  let ghost = null, over = null
  const begin = () => {
    ghost = card.parentElement.appendChild(card.cloneNode(true))
    ghost.classList.add("carried")
    ghost.setAttribute("aria-hidden", "true")
    Object.assign(ghost.style, { top: `${top}px`, left: `${left}px`, width: `${width}px` })
    card.classList.add("lifted")
  }
  const look = (at, from) => {
    ghost.style.translate = `${at.x - from.x}px ${at.y - from.y}px`
    const next = scope.elementFromPoint(at.x, at.y)?.closest("[data-group]")?.dataset.group ?? null
    if (next !== over) aim(over = next)
  }
  const end = (isDropped) => {
    ghost.remove()
    card.classList.remove("lifted")
    aim(null)
    if (isDropped && over !== null) drop(over)
  }
  pulled(event, card, { begin, look, end, edge: EDGE })
}
