// The files that a project can be taken away in, each with what it is good for.
import { html } from "./html.js"
import { icon } from "./icons.js"
import { Popup } from "./popup.js"
import { api } from "./server.js"
import { today } from "./times.js"

export const fileHref = (doc, name) => api(`projects/${doc.project}/files/${name}?today=${today()}`)

// `exports`: [name, label, what it is good for, "part/list" whose entries it needs, whether it cannot be made here].
export function Exports({ doc, exports, look = "q" }) {
  const isOffered = ([, , , needs]) => !needs || doc.list(...needs.split("/")).value.length
  const item = ([name, label, told, , isAbsent]) => (close) => isAbsent ? html`<div class="item" aria-disabled="true"><b>${label}</b><span class="meta">${told}</span></div>` : html`<a class="item" href=${fileHref(doc, name)} download onClick=${() => setTimeout(close)}>
    <b>${label}</b><span class="meta">${told}</span></a>`
  return html`<${Popup} label="Export" look=${look} face=${html`${icon("download")}Export`} items=${exports.filter(isOffered).map(item)} />`
}
