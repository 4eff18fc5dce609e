// A fragment that is asked to run again when what it reads has changed: soon while the server is quick, later when it is busy.
import { useEffect, useRef } from "./vendor/hooks.js"
import { wentAt } from "./address.js"
import { sleep } from "./server.js"

const SOON = 250, LATEST = 8000, APART = 100, LEAVING = 2000, PATIENCE = 5000
let took = 100                                                              // ms that a run takes here, smoothed over the last ones

// Streamlit sends all that changes in one turn as a run of one fragment: of two that ask at once one would never run,
// and what a person presses at that moment would run something else. So they take turns, and wait for who has just pressed, or
// is on the way to another page: by the time that it is there, whoever asked here is gone.
let turn = Promise.resolve(), pressed = 0
for (const name of ["pointerup", "click", "change"]) addEventListener(name, () => { pressed = performance.now() }, true)
function inTurn(ask) {
  turn = turn.then(async () => {
    while (performance.now() - pressed < APART || performance.now() - wentAt < LEAVING) await sleep(APART)
    if (ask()) await sleep(APART)
  }).catch((error) => console.error(error))                                 // the others have their turn all the same
}

// The host has no looks, but would leave a gap.
const hide = (box) => box.closest("[data-testid=stElementContainer]")?.style.setProperty("display", "none")

export function Wake({ doc, data, emit, host }) {
  const now = useRef(), asked = useRef(0)
  now.current = { emit, number: data.number }                               // the revision that the last run has drawn
  useEffect(() => hide(host), [host])
  useEffect(() => {
    const parts = new Set(data.reads)
    let timer = 0, again = 0, wanted = 0, isMissed = false, isLeft = false
    const ask = () => {
      clearTimeout(timer)
      clearTimeout(again)
      timer = 0
      if (isLeft || now.current.number >= wanted) return false              // a press of one's own has drawn it meanwhile
      isMissed = document.hidden                                            // nobody looks: once is enough when they come back
      if (isMissed) return false
      asked.current = performance.now()
      now.current.emit("news", wanted)
      again = setTimeout(inTurn, PATIENCE + 8 * took, ask)                  // in case the wish was lost all the same
      return true
    }
    const hear = ({ part, number }) => {
      if (parts.size && part && !parts.has(part)) return
      wanted = Math.max(wanted, number)
      timer ||= setTimeout(inTurn, Math.min(LATEST, SOON + 4 * took) + Math.random() * 150, ask)
    }
    const look = () => { if (isMissed && !document.hidden) hear({ number: wanted }) }
    doc.ears.add(hear)
    document.addEventListener("visibilitychange", look)
    hear({ number: doc.number.peek() })                                     // what was saved between the run and this moment
    return () => { isLeft = true; clearTimeout(timer); clearTimeout(again); doc.ears.delete(hear); document.removeEventListener("visibilitychange", look) }
  }, [])
  useEffect(() => {
    if (asked.current) took = 0.7 * took + 0.3 * (performance.now() - asked.current)
    asked.current = 0
  }, [data.number])
  return null
}
