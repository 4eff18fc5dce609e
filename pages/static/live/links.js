// Links and places that the server draws: a link to a page of ours loads nothing anew, and a place somebody was led to is marked.
import { travel } from "./nav.js"

const PATIENCE = 5000                                                       // ms in which the page draws what was led to

addEventListener("click", (e) => {
  if (e.defaultPrevented || e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return
  const link = e.target.closest?.("a.go")
  if (!link || link.origin !== location.origin) return
  e.preventDefault()
  travel(link.href)
})

// Lists that stand in no view carry their name as the id of their heading.
let watched = ""
function arrive() {
  const { searchParams: asked } = new URL(location.href)
  const at = asked.get("at"), list = (asked.get("open") || "").split("/")[0]
  const name = list || at
  if (!at || watched === location.href) return
  watched = location.href
  const until = Date.now() + PATIENCE
  const look = () => {
    if (watched !== location.href) return
    const place = document.getElementById(name)
    if (!place) return Date.now() < until && setTimeout(look, 100)
    mark(place)
    const left = new URL(location.href)
    left.searchParams.delete("at")
    history.replaceState(history.state, "", left)
  }
  look()
}
function mark(place) {
  document.querySelector(".arrived")?.classList.remove("arrived")
  place.classList.add("arrived")
  place.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" })
  place.tabIndex = -1
  place.focus({ preventScroll: true })
}
addEventListener("address", arrive)
arrive()
