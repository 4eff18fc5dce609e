// Hears of other people's saves (server-sent events) and asks for a rerun: soon when this page shows the part, later when not.
const ears = new WeakMap()
export default function ({ data, parentElement, setTriggerValue }) {
  let ear = ears.get(parentElement)
  if (ear && ear.url !== data.url) { ear.close(); ear = null }
  if (!ear) {
    ear = { url: data.url, source: null, timer: 0, due: 0, quiet: 0 }
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
      for (const kind of ["pointerdown", "click"]) document.removeEventListener(kind, ear.follow, true)
    }
    // A rerun asked for while a link is being followed would bring the old page back, and the click would be lost.
    ear.follow = (event) => { if (event.target.closest?.("a[href]")) ear.quiet = Date.now() + 2000 }
    ear.ask = () => {
      // Who types in a cell of a table answers to what stood there, so news waits until the cell is closed and saved.
      if (document.querySelector("[id^=gdg-overlay]")) ear.quiet = Date.now() + 700
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
    for (const kind of ["pointerdown", "click"]) document.addEventListener(kind, ear.follow, true)
    ears.set(parentElement, ear)
  }
  ear.data = data
  ear.emit = setTriggerValue
  ear.open()
  return () => { ears.get(parentElement)?.close(); ears.delete(parentElement) }
}
