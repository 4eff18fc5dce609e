// The top line: where one is, who else is there; and a line when the connection or the device lets somebody down.
import { useState } from "./vendor/hooks.js"
import { follow, placeHref } from "./address.js"
import { root } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { initials } from "./people.js"
import { refused } from "./kept.js"

const SHOWN_AT_MOST = 6

function Avatar({ person, isSelf }) {
  const where = person.name ? `${person.name}${isSelf ? " (you)" : ""}` : isSelf ? "You" : "Somebody without a name"
  return html`<li class="av ${person.name ? `c${person.colour}` : "ghost"}" title=${where}><span aria-hidden="true">${initials(person.name) || "?"}</span>
    <span class="here" aria-hidden="true"></span><span class="off">${where}</span></li>`
}

// A person with two tabs is one person.
const eachOnce = (people) => people.filter((p, i) => !p.name || people.findIndex((q) => q.name === p.name) === i)

function Crumb({ doc, title }) {
  const home = html`<a href=${placeHref(root, doc, "project")} onClick=${follow} dir="auto">${doc.name.value}</a>`
  return html`<nav class="crumb" aria-label="Where this is">${title ? html`${home}${icon("on", "s dir")}<b>${title}</b>` : home}</nav>`
}

export function Presence({ doc, data }) {
  const self = doc.self.value, others = eachOnce(doc.people.value.filter((p) => !p.name || p.name !== self?.name))
  const people = [...(self ? [self] : []), ...others], more = people.length - SHOWN_AT_MOST
  return html`<div class="presence ${data.whole ? "whole" : ""}"><${Crumb} doc=${doc} title=${data.title} /><${Trouble} doc=${doc} />
    <ul class="people" aria-label="Here now">${people.slice(0, SHOWN_AT_MOST).map((p) => html`<${Avatar} key=${p.tab} person=${p} isSelf=${p === self} />`)}
      ${more > 0 ? html`<li class="av ghost">+${more}</li>` : null}</ul></div>`
}

function Trouble({ doc }) {
  const [isRead, setRead] = useState(false)
  if (doc.state.value === "away") return html`<p class="away" role="status">No connection. What you type is ${refused.value ? "in this tab only: leave it open" : "kept on this device"}.</p>`
  if (doc.isDeaf.value) return html`<p class="away" role="status">A proxy on the way holds news back: changes of others come every few seconds.</p>`
  if (!refused.value || isRead) return null
  return html`<p class="away" role="status">This browser keeps nothing on the device. Wait for “Saved” before you close the tab.
    <button type="button" class="btn q sm" onClick=${() => setRead(true)}>All right</button></p>`
}
