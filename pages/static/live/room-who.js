// Who is in the room and how far they are; and the time that is left, told at half, at one minute and at the end.
import { useEffect, useRef, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { initials } from "./people.js"
import { minutes, useTimer } from "./room.js"

const SHOWN_AT_MOST = 8
const AROUND = 2 * Math.PI * 15                                             // of the ring

// Those whose word is asked for: who takes part and is here. Who leads says so by going on.
export const asked = (room) => room.people.value.filter((p) => p.here && p.role !== "looks_on")

const votedIn = (question) => new Set(question?.phase === "voting" ? question.done : [])
// Those who have not said yet that they are ready, nor voted.
export function lateOf(room, question) {
  const done = votedIn(question)
  return asked(room).filter((p) => p.role !== "leads" && !p.ready && !done.has(p.id))
}

// How far they are, as people say it: "3 of 7 ready", "5 of 7 have voted". Who leads votes too, and is ready by going on.
function progress(room, question) {
  const all = asked(room), done = new Set(question.done), saying = all.filter((p) => p.role !== "leads")
  if (question.phase === "voting") return `${all.filter((p) => done.has(p.id)).length} of ${all.length} have voted`
  return saying.length && `${saying.filter((p) => p.ready).length} of ${saying.length} ${question.phase === "settled" ? "agree" : "ready"}`
}

// `isNamed`: the name stands beside it, and need not be told twice.
export function Face({ person, look = "", isTicked = false, isHere = false, isNamed = false }) {
  const said = [person.name, isTicked ? "ready" : "", person.here === false ? "not here" : ""].filter(Boolean).join(", ")
  return html`<span class="av ${look} ${person.name ? `c${person.colour}` : "ghost"} ${person.here === false ? "wait" : ""}" title=${isNamed ? undefined : said}><span aria-hidden="true">${initials(person.name) || "?"}</span>${isNamed ? null : html`<span class="off">${said}</span>`}
    ${isTicked ? html`<span class="rd" aria-hidden="true">${icon("tick")}</span>` : isHere ? html`<span class="here" aria-hidden="true"></span>` : null}</span>`
}

export function Faces({ room, question, look = "" }) {
  const all = asked(room), more = all.length - SHOWN_AT_MOST, done = votedIn(question)
  return html`<div class="ready"><ul aria-label="Here now">${all.slice(0, SHOWN_AT_MOST).map((p) => html`<li key=${p.id}><${Face} person=${p} look=${look} isTicked=${p.ready || done.has(p.id)} /></li>`)}
    ${more > 0 ? html`<li class="av ghost ${look}">+${more}</li>` : null}</ul>${question ? html`<span class="meta">${progress(room, question) || ""}</span>` : null}</div>`
}

// Says a moment once, to who listens.
function useMoments(time) {
  const [said, say] = useState(""), last = useRef(null)
  useEffect(() => {
    const was = last.current
    last.current = time?.left ?? null
    if (was === null || !time || was <= time.left) { if (time && was < time.left) say(""); return }
    const passed = (at) => was > at && time.left <= at
    if (passed(0)) say("Time is up.")
    else if (passed(60)) say("One minute left.")
    else if (passed(Math.floor(time.total / 2)) && time.total > 120) say("Half of the time is over.")
  }, [time?.left])
  return said
}

export function Timer({ room, isBig = false }) {
  const time = useTimer(room), said = useMoments(time)
  if (!time) return null
  const words = time.left <= 0 ? "time is up" : time.isPaused ? "paused" : ""
  return html`<span class="timer ${time.look} ${isBig ? "big" : ""}" role="timer" aria-label=${`${minutes(time.left)} left`}>
    ${isBig ? null : html`<svg viewBox="0 0 34 34" aria-hidden="true"><circle class="tr" cx="17" cy="17" r="15" /><circle class="tv" cx="17" cy="17" r="15" stroke-dasharray=${`${AROUND * time.share} ${AROUND}`} /></svg>`}
    <span class="clk">${minutes(time.left)}${words ? html`<span class="meta">${words}</span>` : null}</span><span class="off" role="status">${said}</span></span>`
}
