import { UNKNOWN } from "./doc.js"
import { html } from "./html.js"

export function Choose({ f, spec, id, place }) {
  const options = f.doc.options(spec)
  if (spec.kind === "links") {
    const on = f.raw.split("|")
    const tick = (v) => (e) => { f.type([...on.filter((x) => x && x !== v && x !== UNKNOWN), ...(e.target.checked ? [v] : [])].sort().join("|"), 0) }
    return html`<div class="control ticks" role="group" aria-label=${spec.label}>${options.map(([v, t]) => html`<label class="tick" key=${v}><input type="checkbox" checked=${on.includes(v)} onChange=${tick(v)} /><span dir="auto">${t}</span></label>`)}${options.length ? "" : "Nothing to choose from yet"}</div>`
  }
  return html`<select id=${id} class="control" value=${f.raw} onChange=${(e) => f.type(e.target.value, 0)} onFocus=${() => f.doc.at(place)} onBlur=${() => f.doc.at("")} aria-describedby=${id + "-hint"}>
    <option value="">Not answered</option>${options.map(([v, t]) => html`<option key=${v} value=${v}>${t}</option>`)}<option value=${UNKNOWN}>We do not know yet</option></select>`
}
