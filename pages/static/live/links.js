// What the server draws and the browser completes: links to pages of ours, and places that somebody is led to.
import { arrival, arrived, keepInView, travel } from "./address.js"
import { effect } from "./vendor/signals-core.js"

const PATIENCE_MS = 5000                                                    // in which the page draws the place

addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  const link = event.target.closest?.("a.go")
  if (!link || link.origin !== location.origin) return
  event.preventDefault()
  travel(link.href)
})

// A list that no view of ours shows has a heading with its name as id.
effect(() => {
  const wanted = arrival.value, until = Date.now() + PATIENCE_MS
  const look = () => {
    if (!wanted || arrival.peek() !== wanted) return
    const place = document.getElementById(wanted.list || wanted.at)
    if (place) mark(place)
    else if (Date.now() < until) setTimeout(look, 100)
  }
  look()
})

function mark(place) {
  document.querySelector(".arrived")?.classList.remove("arrived")
  place.classList.add("arrived")
  place.tabIndex = -1
  place.focus({ preventScroll: true })
  keepInView(place)
  arrived()
}
