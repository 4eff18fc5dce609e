// A fragment that is asked to run again when what it reads has changed: soon while the server is quick, later when it is busy.
import { useEffect, useRef } from "./vendor/hooks.js"

const SOON = 250, LATEST = 8000, APART = 100
let took = 100, asked = 0                                                   // ms that a run takes here, smoothed over the last ones

// Streamlit sends all that changes in one turn as a run of one fragment: of two that ask at once one would never run,
// and what a person presses at that moment would run something else. So they take turns, and wait for who has just pressed.
let turn = Promise.resolve(), pressed = 0
for (const name of ["pointerup", "click", "change"]) addEventListener(name, () => { pressed = performance.now() }, true)
const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms) })
function inTurn(ask) {
  turn = turn.then(async () => {
    while (performance.now() - pressed < APART) await pause(APART)
    if (ask()) await pause(APART)
  })
}

// The host has no looks, but would leave a gap.
const hide = (box) => box.closest("[data-testid=stElementContainer]")?.style.setProperty("display", "none")

export function Wake({ doc, data, emit, host }) {
  const drawn = useRef(0)                                                   // the number of what the fragment shows
  drawn.current = data.number
  useEffect(() => hide(host), [host])
  useEffect(() => {
    const parts = new Set(data.reads)
    let timer = 0, missed = false, isLeft = false
    const ask = () => {
      timer = 0
      missed = document.hidden                                              // nobody looks: once is enough when they come back
      const isDrawn = drawn.current >= doc.number.peek()                    // a press of one's own has drawn it meanwhile
      if (missed || isLeft || isDrawn) return false
      asked = performance.now()
      emit("news", doc.number.peek())
      return true
    }
    const hear = (event) => {
      if (parts.size && event.part && !parts.has(event.part)) return
      timer ||= setTimeout(inTurn, Math.min(LATEST, SOON + 4 * took) + Math.random() * 150, ask)
    }
    const look = () => { if (missed && !document.hidden) hear({}) }
    doc.ears.add(hear)
    document.addEventListener("visibilitychange", look)
    // What was saved between the run and this moment.
    if (doc.number.peek() > data.number) hear({})
    return () => { isLeft = true; clearTimeout(timer); doc.ears.delete(hear); document.removeEventListener("visibilitychange", look) }
  }, [])
  useEffect(() => {
    if (asked) took = 0.7 * took + 0.3 * (performance.now() - asked)
    asked = 0
  }, [data.number])
  return null
}
