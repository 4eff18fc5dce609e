// Answers that are chosen: one of several, or any of them as ticks.
import { UNKNOWN } from "./doc.js"
import { html } from "./html.js"

const NOTHING = "Nothing to choose from yet", REMOVED = "An entry that was removed"

// The options, and with them what is chosen although it is not there any more.
function options(f, spec) {
  const offered = f.doc.options(spec, f.record), known = new Set(offered.map(([value]) => value))
  const lost = spec.refers ? f.raw.split("|").filter((v) => v && v !== UNKNOWN && !known.has(v)) : []
  return [...offered, ...lost.map((v) => [v, REMOVED])]
}

// What leads to a signature, and is not answered yet, lies open to be picked: nothing has to be pulled down to see what there is.
const MOST = 6, LONGEST = 120
const liesOpen = (f, offered) => f.raw === "" && !f.doc.archived.value && offered.length > 0 && offered.length <= MOST
  && offered.reduce((sum, [, label]) => sum + label.length, 0) <= LONGEST

// Arrows walk without choosing; whoever has chosen goes on.
function Picks({ f, spec, id, described, offered, onward }) {
  const { doc, addr } = f
  const keys = (e) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[e.key]
    if (!by) return
    e.preventDefault()
    const all = [...e.currentTarget.querySelectorAll("[role=radio]")], at = all.indexOf(e.target)
    all.at((at + by + all.length) % all.length).focus()
  }
  const pick = (value) => { f.type(value); onward?.() }
  return html`<div id=${id} class="control picks" role="radiogroup" aria-labelledby=${id + "-label"} aria-describedby=${described} onKeyDown=${keys}
      onFocusIn=${() => doc.at(addr)} onFocusOut=${() => doc.at("")}>
    ${offered.map(([value, label], n) => html`<button key=${value} type="button" role="radio" aria-checked="false" tabindex=${n ? -1 : 0} dir="auto"
      onClick=${() => pick(value)}>${label}</button>`)}</div>`
}

export function Choice({ f, spec, id, described, onward, isAsked }) {
  const { doc, addr } = f, offered = options(f, spec)
  if (isAsked && liesOpen(f, offered)) return html`<${Picks} f=${f} spec=${spec} id=${id} described=${described} offered=${offered} onward=${onward} />`
  return html`<select id=${id} class="control" value=${f.raw} disabled=${doc.archived.value} aria-describedby=${described} aria-invalid=${f.wrong.value ? "true" : undefined}
      onChange=${(e) => f.type(e.target.value)} onFocus=${() => doc.at(addr)} onBlur=${() => doc.at("")}>
    <option value="">${offered.length ? "Not answered" : NOTHING}</option>
    ${offered.map(([value, label]) => html`<option key=${value} value=${value}>${label}</option>`)}
    <option value=${UNKNOWN}>Don’t know yet</option></select>`
}

export function Ticks({ f, spec, id, described }) {
  const { doc, addr } = f, offered = options(f, spec), ticked = new Set(f.raw.split("|").filter((v) => v && v !== UNKNOWN))
  const tick = (value) => ({ target }) => {
    if (target.checked) ticked.add(value)
    else ticked.delete(value)
    f.type([...ticked].sort().join("|"))
  }
  return html`<div class="control ticks" role="group" aria-labelledby=${id + "-label"} aria-describedby=${described}
      onFocusIn=${() => doc.at(addr)} onFocusOut=${() => doc.at("")}>
    ${offered.map(([value, label]) => html`<label class="tick" key=${value}>
      <input type="checkbox" value=${value} checked=${ticked.has(value)} disabled=${doc.archived.value} onChange=${tick(value)} /><span dir="auto">${label}</span></label>`)}
    ${offered.length ? null : html`<span class="none">${NOTHING}</span>`}</div>`
}
