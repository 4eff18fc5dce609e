// The files that a project can be taken away in, each with what it is good for.
import { useState } from "./vendor/hooks.js"
import { follow, pageHref } from "./address.js"
import { root } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { item as action, Popup } from "./popup.js"
import { api } from "./server.js"
import { today } from "./times.js"

export const fileHref = (doc, name) => api(`projects/${doc.project}/files/${name}?today=${today()}`)

const TO_FILL_IN = "to-fill-in.xlsx"                                           // the one that has to know more before it can be made

// `exports`: [name, label, what it is good for, "part/list" whose entries it needs, whether it cannot be made here, its group].
export function Exports({ doc, exports, look = "q" }) {
  const [form, show] = useState(null)
  const ask = () => import("./to-fill-in.js").then((module) => show(() => module.ToFillIn))
  const isOffered = ([, , , needs]) => !needs || doc.list(...needs.split("/")).value.length
  const said = (label, told) => html`<b>${label}</b><span class="meta">${told}</span>`
  const file = (name, words) => (close) => html`<a class="item" href=${fileHref(doc, name)} download onClick=${() => setTimeout(close)}>${words}</a>`
  const absent = (words) => () => html`<div class="item" aria-disabled="true">${words}</div>`
  const item = ([name, label, told, , isAbsent]) => (isAbsent ? absent(said(label, told)) : name === TO_FILL_IN ? action(said(label, told), ask) : file(name, said(label, told)))
  const offered = exports.filter(isOffered)
  const grouped = (one, n) => (close) => html`${one[5] === offered[n - 1]?.[5] ? null : html`<span class="group">${one[5]}</span>`}${item(one)(close)}`
  const onward = (close) => html`<a class="item" href=${pageHref(root, "hand_over", doc.project)} onClick=${(e) => (follow(e), close())}>${
    said("Hand over", "Packs for other tools.")}</a>`
  return html`<${Popup} label="Export" look=${look} face=${html`${icon("download")}Export`} items=${[...offered.map(grouped), onward]} />
    ${form ? html`<${form} doc=${doc} href=${fileHref(doc, TO_FILL_IN)} close=${() => show(null)} />` : null}`
}
