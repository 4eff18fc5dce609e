import { html } from "./html.js"

export function Clash({ f, spec }) {
  const m = f.clash.value
  if (!m) return null
  const who = m.by || "Somebody", gone = m.status === "removed"
  return html`<div class="clash" role="alert"><p>${gone ? `${who} removed this entry while you were writing.` : `${who} saved a different answer while you were writing:`}</p>
    ${gone ? null : html`<blockquote dir="auto">${m.shown || "nothing"}</blockquote>`}
    ${!gone && (spec.kind === "long" || spec.kind === "text") ? html`<button class="strong" onClick=${() => f.settle("both")}>Keep both</button>` : null}
    <button onClick=${() => f.settle("mine")}>${gone ? "Bring it back with my text" : "Keep mine"}</button>
    <button onClick=${() => f.settle("theirs")}>${gone ? "Let it go" : "Use theirs"}</button></div>`
}
