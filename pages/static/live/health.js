// The badge of a project: its health in one word. What a day changes by itself was worked out when it was saved.
import { html } from "./html.js"
import { icon } from "./icons.js"
import { counted, today } from "./times.js"

const DAY_MS = 86_400_000

// The span of today, the last that has begun: [first day, word, label, reason, late since].
export const standing = (spans, day) => spans.findLast(([first]) => !first || first <= day) ?? spans[0]

// Whether a plan is still free to move: nothing is signed.
const UNSIGNED = new Set(["draft", "ready"])
export const isUnsigned = (spans) => !spans?.length || UNSIGNED.has(standing(spans, today())[1])

export function words([, , label, , lateSince], day) {
  if (!lateSince) return label
  const days = Math.round((Date.parse(day) - Date.parse(lateSince)) / DAY_MS)
  return days > 0 ? `${label} ${counted(days, "day")}` : label
}

export function Badge({ spans }) {
  if (!spans?.length) return html`<span class="badge">Not worked out yet</span>`
  const day = today(), now = standing(spans, day)
  return html`<span class="badge ${now[1]}" title=${now[3]}>${icon(now[1], "s")}${words(now, day)}</span>`
}

// Badge and reason, on top of a page that people come back to.
export function Health({ doc }) {
  const spans = doc.derived.value?.health
  return spans?.length ? html`<p class="health"><${Badge} spans=${spans} /> ${standing(spans, today())[3]}</p>` : null
}

// How many conditions of signing are met.
export const Dashes = ({ met, of }) => html`<div class="dashes" role="img" aria-label=${`${met} of ${of}`}>${Array.from({ length: of }, (_, n) => html`<i key=${n} class=${n < met ? "f" : ""}></i>`)}</div>`
