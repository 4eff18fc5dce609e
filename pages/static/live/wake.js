// A fragment that is asked to run again when what it reads has changed: soon while the server is quick, later when it is busy.
import { useEffect } from "./vendor/hooks.js"

const SOON = 250, LATEST = 8000
let took = 100, asked = 0                                                   // ms that a run takes here, smoothed over the last ones

// The host has no looks, but would leave a gap.
const hide = (box) => box.closest("[data-testid=stElementContainer]")?.style.setProperty("display", "none")

export function Wake({ doc, data, emit, host }) {
  useEffect(() => hide(host), [host])
  useEffect(() => {
    const parts = new Set(data.reads)
    let timer = 0, missed = false
    const ask = () => {
      timer = 0
      missed = document.hidden                                              // nobody looks: once is enough when they come back
      if (missed) return
      asked = performance.now()
      emit("news", doc.number.peek())
    }
    const hear = (event) => {
      if (parts.size && event.part && !parts.has(event.part)) return
      timer ||= setTimeout(ask, Math.min(LATEST, SOON + 4 * took) + Math.random() * 150)
    }
    const look = () => { if (missed && !document.hidden) hear({}) }
    doc.ears.add(hear)
    document.addEventListener("visibilitychange", look)
    // What was saved between the run and this moment.
    if (doc.number.peek() > data.number) hear({})
    return () => { clearTimeout(timer); doc.ears.delete(hear); document.removeEventListener("visibilitychange", look) }
  }, [])
  useEffect(() => {
    if (asked) took = 0.7 * took + 0.3 * (performance.now() - asked)
    asked = 0
  }, [data.number])
  return null
}
