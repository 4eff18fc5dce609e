// Two people wrote in the same place: both texts, and the choice.
import { html } from "./html.js"

export function Clash({ f, spec }) {
  const clash = f.clash.value
  if (!clash) return null
  const who = clash.by || "Somebody"
  const button = (how, words, look = "") => html`<button type="button" class="btn sm ${look}" onClick=${() => f.settle(how)}>${words}</button>`
  if (clash.status === "removed") {
    return html`<div class="clash" role="alert"><p>${who} removed this entry while you were writing. Your text is kept on this device.</p>
      <div class="choices">${button("mine", "Bring it back with my text", "p")}${button("theirs", "Let it go")}</div></div>`
  }
  const isText = spec.kind === "long" || spec.kind === "text"
  return html`<div class="clash" role="alert"><p>${who} saved a different answer while you were writing:</p>
    <blockquote dir="auto">${clash.shown || "nothing"}</blockquote>
    <div class="choices">${isText ? button("both", "Keep both", "p") : null}${button("mine", "Keep mine")}${button("theirs", "Use theirs")}</div></div>`
}
