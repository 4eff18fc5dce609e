// Yes-or-no questions of a topic as a short list to tick: what is not ticked is not done. Longer questions of the topic follow below.
import { useEffect, useRef } from "./vendor/hooks.js"
import { arrival, arriveAt, pageOf } from "./address.js"
import { UNKNOWN } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { Question } from "./sheet.js"

const isTick = (spec) => spec.kind === "choice" && spec.choices.length === 2 && spec.choices.every(([value]) => value === "yes" || value === "no")

function Tick({ doc, part, spec }) {
  const f = doc.field(`${part}///${spec.name}`), box = useRef(), isOn = f.raw === "yes", isNo = f.raw === "no"
  const to = arrival.value, isMarked = to && !to.list && to.at === spec.name && to.page === (doc.schema[part].page ?? part) && to.page === pageOf(location.href)
  useEffect(() => {
    if (isMarked) arriveAt(box.current)
  }, [isMarked])
  const turn = () => f.type(isOn ? "no" : "yes")
  return html`<li><button class="tickrow" role="checkbox" ref=${box} aria-checked=${String(isOn)} disabled=${doc.archived.value} onClick=${turn}
      onFocus=${() => doc.at(f.addr)} onBlur=${() => doc.at("")}><span class="box ${isOn ? "on" : ""}">${isOn ? icon("tick", "s") : null}</span>
    <span class="grow">${spec.label}${spec.help ? html` <span class="meta">${spec.help}</span>` : null}</span>
    ${isOn ? null : html`<span class="chip open">${isNo ? "not kept" : f.raw === UNKNOWN ? "not known yet" : "not said yet"}</span>`}</button>
    ${f.wrong.value ? html`<p class="wrong" role="alert">${f.wrong.value}</p>` : null}</li>`
}

export function Ticks({ doc, data: { part, about, title } }) {
  const specs = doc.specs(part, "").filter((spec) => spec.topic === about)
  return html`<section class="tickside" aria-label=${title}><h2>${title}</h2>
    <ul>${specs.filter(isTick).map((spec) => html`<${Tick} key=${spec.name} doc=${doc} part=${part} spec=${spec} />`)}</ul>
    <div class="sheet"><div class="core">${specs.filter((spec) => !isTick(spec)).map((spec) => html`<${Question} key=${spec.name} doc=${doc} part=${part} spec=${spec} isMarked=${arrival.value?.at === spec.name && !arrival.value?.list} />`)}</div></div></section>`
}
