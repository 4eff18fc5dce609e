// What the server draws and the browser completes: links to pages of ours, and places that somebody is led to.
import { arrival, arriveAt, travel } from "./address.js"
import { effect } from "./vendor/signals-core.js"

const PATIENCE_MS = 5000                                                    // in which the page draws the place

addEventListener("click", (event) => {
  if (event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  const link = event.target.closest?.("a.go")
  if (!link || link.origin !== location.origin) return
  event.preventDefault()
  travel(link.href)
})

// The first stop of Tab leads past the sidebar: to the line that says what is next, where Streamlit would stop before the page.
addEventListener("click", (event) => {
  if (!event.target.closest?.("[data-testid=stSkipToContent]")) return
  const boxes = [...document.querySelectorAll("[data-testid=stMain] *")]
  const line = boxes.map((box) => box.shadowRoot?.querySelector(".ahead")).find(Boolean)
  if (line) Object.assign(line, { tabIndex: -1 }).focus()
})

// The contents of a charter: a chapter unfolds when somebody goes to it, and the contents mark where one reads.
addEventListener("click", (event) => {
  const link = event.target.closest?.("a.toc"), place = link && document.getElementById(link.hash.slice(1))
  if (!place || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  if (place.tagName === "DETAILS") place.open = true
  place.scrollIntoView()
  place.querySelector("summary")?.focus({ preventScroll: true })
})
let isDue = false
addEventListener("scroll", () => {
  isDue ||= Boolean(requestAnimationFrame(() => { isDue = false; markRead() }))
}, { capture: true, passive: true })
function markRead() {
  const entries = [...document.querySelectorAll("a.toc")], place = (link) => document.getElementById(link.hash.slice(1))
  const last = entries.findLast((link) => place(link)?.getBoundingClientRect().top < innerHeight / 3) ?? entries[0]
  for (const link of entries) link === last ? link.setAttribute("aria-current", "location") : link.removeAttribute("aria-current")
}

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
  arriveAt(place)
}
