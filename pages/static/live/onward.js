// On from an answer: whatever is needed next is opened and has the focus, as soon as the server has said what is left.
import { follow, pageHref, placeHref, travel } from "./address.js"
import { root } from "./doc.js"
import { standing } from "./health.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { today } from "./times.js"
import { firstSentence } from "./words.js"

// What is missing on a step: [message, isUnknown, place, part where that is another].
export const open = (doc, part) => doc.derived.value?.parts?.[part]?.open ?? []

// What is needed next: first on this step, then on the others; null when nothing is. {message, isUnknown, part, place}
export function nextOf(doc, part) {
  const [here] = open(doc, part)
  if (here) return { message: here[0], isUnknown: here[1], place: here[2], part: here[3] ?? part }
  const other = doc.derived.value?.sign.next.find(([, , at]) => at !== part)
  return other ? { message: other[0], isUnknown: other[1], part: other[2], place: other[3] } : null
}

// Where that is answered, or the charter where nothing is missing; "" while there is no telling.
function hrefOf(doc, next) {
  if (next) return placeHref(root, doc, next.part, next.place)
  return standing(doc.derived.value?.health ?? [], today())?.[1] === "ready" ? pageHref(root, "charter", doc.project) : ""
}

export async function goOn(doc, part) {
  doc.flushAll()
  await doc.settled()
  const href = hrefOf(doc, nextOf(doc, part))
  if (href) travel(href)
}

// At the end of a drawer, which may lie over the line that says what is next.
export function Onward({ doc, part }) {
  const next = nextOf(doc, part), href = hrefOf(doc, next)
  if (doc.archived.value || !href) return null
  return html`<p class="onward">${icon("next", "s dir")}<a href=${href} onClick=${follow} dir="ltr" title=${next?.message}>${next ? firstSentence(next.message) : READY}</a>
    <span class="kbd" aria-hidden="true" title="Enter goes on; in a long text Ctrl and Enter">↵</span></p>`
}
const READY = "Nothing is missing to sign: read the charter"
