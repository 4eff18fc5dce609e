// How a plan stands today, as the server works it out: asked for when somebody looks, and again when what it follows from has changed.
import { signal } from "./vendor/signals-core.js"
import { Later, read } from "./server.js"
import { today } from "./times.js"

const FOLLOWS = new Set(["milestones", "rollout"])
// How a milestone looks by its state, as a badge and as its drawing; one that is to come looks like nothing.
export const LOOKS = { late: "late", at_risk: "at_risk", on_track: "on_track", done: "closed", stopped: "stopped" }
const SOON = 350, AGAIN = 5000
const courses = new Map()

// A signal: {facts, signed, rows, targets, monitors} by id, or null while nobody knows.
export function course(doc) {
  if (!courses.has(doc)) courses.set(doc, follow(doc))
  return courses.get(doc)
}

function follow(doc) {
  const told = signal(null)
  let due = 0, isAsking = false, isStale = false
  const ask = async () => {
    due = 0
    if (isAsking || document.hidden) { isStale = true; return }
    isAsking = true
    isStale = false
    try {
      const answer = await read(`projects/${doc.project}/run?day=${today()}`)
      if (answer.ok && answer.told.number >= (told.peek()?.number ?? 0)) told.value = answer.told
    } catch (error) {
      if (!(error instanceof Later)) throw error
      soon(AGAIN)
    } finally { isAsking = false }
    if (isStale) soon()
  }
  const soon = (ms = SOON) => { due ||= setTimeout(ask, ms + Math.random() * 150) }
  doc.ears.add(({ part }) => { if (!part || FOLLOWS.has(part)) soon() })
  document.addEventListener("visibilitychange", () => { if (!document.hidden && isStale) soon(0) })
  ask()
  return told
}
