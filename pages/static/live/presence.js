// Who else has the project open.
import { html } from "./html.js"

export function Presence({ doc }) {
  return html`<div class="people">${doc.people.value.map((p) => html`<span class="chip who" key=${p.tab}>${p.name || "Somebody"}</span>`)}</div>`
}
