// What the address says: the page, its tab, the open record, the question that somebody was led to.
import { computed, signal } from "./vendor/signals-core.js"

export const address = signal(location.href)
const note = () => { address.value = location.href; arrive() }
const parameter = (name) => computed(() => new URL(address.value).searchParams.get(name) ?? "")
export const opened = parameter("open")                                     // "list/record"
export const pageOf = (url) => new URL(url).pathname.split("/").at(-1)

// Opens a record in its drawer; without one closes it. The page does not run for that.
export function go(list, record) {
  const url = new URL(location.href)
  if (record) url.searchParams.set("open", `${list}/${record}`)
  else url.searchParams.delete("open")
  if (url.href !== location.href) history.pushState({}, "", readable(url))
}
const readable = (url) => url.href.replaceAll("%2F", "/")

// What Streamlit draws depends on; a drawer, a mark and a question of a workshop are ours alone.
export function drawn(href) {
  const url = new URL(href)
  for (const name of ["open", "at", "question"]) url.searchParams.delete(name)
  url.searchParams.sort()
  return url.pathname + url.search
}

// When this person went to another page: what the page before still asks for would call it back.
export let wentAt = -Infinity

// Follows a link without loading the page anew: Streamlit's own router does the rest.
export function travel(href) {
  const isElsewhere = drawn(href) !== drawn(location.href)
  if (isElsewhere) wentAt = performance.now()
  history.pushState({}, "", href)
  if (isElsewhere) dispatchEvent(Object.assign(new PopStateEvent("popstate"), { isOurs: true }))
}

// The handler of a link of ours: whoever wants another tab or window gets it from the browser.
export function follow(event) {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
  event.preventDefault()
  closeSheet(event.currentTarget)
  if (event.currentTarget.href !== location.href) travel(event.currentTarget.href)
}

// On a phone the sidebar lies over the page, and closes on choice.
export function closeSheet(link) {
  const sidebar = link.getRootNode().host?.closest("[data-testid=stSidebar]")
  if (sidebar && matchMedia("(max-width: 768px)").matches) sidebar.querySelector("[data-testid=stSidebarCollapseButton] button")?.click()
}

// --- being led to a place

const PATIENCE_MS = 10_000
export const arrival = signal(null)                                         // { page, list, record, at, number }
let count = 0, forgetting = 0

function arrive() {
  const url = new URL(location.href), at = url.searchParams.get("at")
  if (!at) return
  const [list = "", record = ""] = (url.searchParams.get("open") ?? "").split("/")
  const was = arrival.peek(), next = { page: pageOf(location.href), list, record, at }
  if (was && was.href === location.href) return
  arrival.value = { ...next, href: location.href, number: ++count }
  clearTimeout(forgetting)
  forgetting = setTimeout(arrived, PATIENCE_MS)
}

// The place was found: a reload or a copied address does not jump there again.
export function arrived() {
  clearTimeout(forgetting)
  if (arrival.peek()) arrival.peek().href = ""
  const url = new URL(location.href)
  if (!url.searchParams.has("at")) return
  url.searchParams.delete("at")
  history.replaceState(history.state, "", readable(url))
}

// What stands above is still being drawn and pushes the place away, so it is brought back for a while, until the person moves.
function keepInView(box) {
  const until = Date.now() + 4000, moves = ["wheel", "pointerdown", "keydown", "touchstart"]
  const stop = () => { clearInterval(timer); for (const name of moves) removeEventListener(name, stop) }
  const look = () => {
    if (!box.isConnected || Date.now() > until) { stop(); return }
    const { top, bottom } = box.getBoundingClientRect()
    if (top < 0 || bottom > innerHeight) box.scrollIntoView({ block: "center" })
  }
  const timer = setInterval(look, 250)
  for (const name of moves) addEventListener(name, stop, { passive: true })
  box.scrollIntoView({ block: "center" })
}

// Whoever was led to a place is there: it is in view, and the focus is in it.
export function arriveAt(place, into = place) {
  into?.focus({ preventScroll: true })
  keepInView(place)
  arrived()
}

// The page and the tab that hold a list of a part, or a question of its own; "" for no tab.
export function whereIs(doc, part, list, field) {
  const { page, tabs } = doc.schema[part], name = list || (doc.spec(part, "", field)?.topic ?? "")
  const [at, tab] = (list || field) && tabs.find(([, , held]) => held.includes(name)) || [page, ""]
  return { page: at, tab }
}

// The address of a page of ours: of a project where one is open, and of a tab where one is meant.
export function pageHref(root, page, project = "", tab = "") {
  const url = new URL(page, root)
  if (project) url.searchParams.set("project", project)
  if (tab) url.searchParams.set("tab", tab)
  return url.href
}

// The room of a workshop, or its record.
export function roomHref(root, project, id, page = "workshop") {
  const url = new URL(pageHref(root, page, project))
  url.searchParams.set("room", id)
  return url.href
}

// The address of a place "list.record.field" of a part, as everything that leads somewhere links to it.
export function placeHref(root, doc, part, place = "..") {
  const [list, record, field] = place.split("."), { page, tab } = whereIs(doc, part, list, field), url = new URL(pageHref(root, page, doc.project, tab))
  if (record) url.searchParams.set("open", `${list}/${record}`)
  const at = record || !list ? field : list
  if (at) url.searchParams.set("at", at)
  return readable(url)
}

addEventListener("address", note)
arrive()
