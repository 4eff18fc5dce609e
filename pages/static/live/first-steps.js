// A short list of first steps: a tick each, yes, not yet or not known, with a link to the place where it shows. None is a form.
import { follow } from "./address.js"
import { UNKNOWN, root } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"

export function FirstSteps({ doc, data: { part, topic, title, links } }) {
  const specs = doc.specs(part, "").filter((spec) => spec.topic === topic)
  return html`<section aria-label=${title}><h2 dir="auto">${title}</h2>
    <ul class="list">${specs.map((spec) => html`<${Tick} key=${spec.name} doc=${doc} part=${part} spec=${spec} href=${links[spec.name]} />`)}</ul></section>`
}

function Tick({ doc, part, spec, href }) {
  const f = doc.field(`${part}///${spec.name}`), now = f.raw, isDone = now === spec.choices[0][0]
  const says = [...spec.choices, [UNKNOWN, "Not known"]]
  // Pressed once more, it is open again.
  const choose = (value) => { f.type(value === now ? "" : value); f.flush() }
  return html`<li data-field=${spec.name}>${icon(isDone ? "done" : "ring")}
    <div class="grow"><div class="t">${spec.label}</div><p class="meta">${spec.help} <a href=${new URL(href, root).href} onClick=${follow}>Where it shows</a></p>
      ${f.wrong.value ? html`<p class="wrong" role="alert">${f.wrong.value}</p>` : null}</div>
    <div class="seg" role="group" aria-label=${spec.label}>${says.map(([value, label]) => html`
      <button key=${value} aria-pressed=${String(now === value)} disabled=${Boolean(doc.archived.value)} onClick=${() => choose(value)}>${label}</button>`)}</div></li>`
}
