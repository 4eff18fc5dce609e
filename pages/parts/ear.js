// Hears of other people's saves (server-sent events) and asks for a rerun: soon when this page shows the part, later when not.
const ears = new WeakMap()
const CELL = "[id^=gdg-overlay]"    // the open cell of a table
const ACTS = ["pointerdown", "click", "keydown"]
// A table whose cell was saved is drawn anew and then sends its state, for the page it stands on. That takes the place of a
// link that was followed at the same moment, so a link that led nowhere is followed again, unless the person did something else.
const FOLLOWED_MS = 1500
let again = 0
const leads = (link) => link.target !== "_blank" && link.origin === location.origin && link.pathname !== location.pathname
const follow = (href, from, left) => {
  again = setTimeout(() => {
    const link = [...document.links].find((l) => l.href === href)
    if (!left || !link || location.pathname !== from) return
    link.click()
    follow(href, from, left - 1)
  }, FOLLOWED_MS)
}
export default function ({ data, parentElement, setTriggerValue }) {
  let ear = ears.get(parentElement)
  if (ear && ear.url !== data.url) { ear.close(); ear = null }
  if (!ear) {
    ear = { url: data.url, source: null, timer: 0, due: 0, quiet: 0, cell: 0 }
    ear.open = () => {
      if (ear.source || document.visibilityState === "hidden") return
      ear.source = new EventSource(ear.url)
      ear.source.onmessage = (event) => ear.hear(JSON.parse(event.data))
    }
    ear.shut = () => { ear.source?.close(); ear.source = null }
    ear.seen = () => (document.visibilityState === "hidden" ? ear.shut() : ear.open())
    ear.close = () => {
      clearTimeout(ear.timer)
      ear.shut()
      document.removeEventListener("visibilitychange", ear.seen)
      for (const kind of ACTS) document.removeEventListener(kind, ear.wait, true)
    }
    // A rerun takes the place of one that was asked for a moment before and has not begun: a pressed button or a followed
    // link would be lost. Our own sheets need no rerun to save, and typing asks for none.
    ear.wait = (event) => {
      const at = event.target.closest ? event.target : document.body
      const link = at.closest("a[href]"), now = Date.now()
      if (event.isTrusted) clearTimeout(again)
      if (event.isTrusted && event.type === "click" && link && leads(link) && !event.ctrlKey && !event.metaKey) follow(link.href, location.pathname, 3)
      if (event.type !== "click" && (at.closest("[data-testid=stDataFrame]") || document.querySelector(CELL))) ear.cell = now + 400
      if (event.type === "click" && link && ear.cell > now && !event.ctrlKey && !event.metaKey) {
        // A cell sends what was typed a moment after it was left, and for the page it stands on: the link waits for that.
        event.preventDefault()
        event.stopPropagation()
        setTimeout(() => link.click(), ear.cell - now)
      }
      if (at.closest(".stBidiComponent") || (event.key?.length === 1 && event.key !== " ")) return
      ear.quiet = Math.max(ear.quiet, now + (link ? 2000 : 800))
    }
    ear.ask = () => {
      // Who types in a cell of a table answers to what stood there, so news waits until the cell is closed and saved.
      if (document.querySelector(CELL)) ear.quiet = Date.now() + 700
      ear.timer = ear.quiet > Date.now() ? setTimeout(ear.ask, 100) : 0
      if (ear.timer || ear.news <= ear.data.number) return
      ear.asked = ear.news
      ear.emit("heard", ear.news)
    }
    ear.hear = (news) => {
      if (news.number <= ear.data.number || news.number <= ear.asked) return
      const wait = news.parts.includes(ear.data.part) ? 80 + Math.random() * 120 : 1500 + Math.random() * 800
      const due = Date.now() + wait
      ear.news = Math.max(news.number, ear.news || 0)
      if (ear.timer && ear.due <= due) return
      clearTimeout(ear.timer)
      ear.due = due
      ear.timer = setTimeout(ear.ask, wait)
    }
    document.addEventListener("visibilitychange", ear.seen)
    for (const kind of ACTS) document.addEventListener(kind, ear.wait, true)
    ears.set(parentElement, ear)
  }
  ear.data = data
  ear.emit = setTriggerValue
  ear.open()
  return () => { ears.get(parentElement)?.close(); ears.delete(parentElement) }
}
