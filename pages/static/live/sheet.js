import { Choose } from "./choose.js"
import { Clash } from "./clash.js"
import { UNKNOWN } from "./doc.js"
import { html } from "./html.js"
import { Text } from "./text.js"

export function Question({ doc, part, list, record, spec }) {
  const addr = `${part}/${list}/${record}/${spec.name}`, f = doc.field(addr), id = "q-" + addr.replace(/[^a-z0-9]+/gi, "-")
  const chosen = ["choice", "link", "links"].includes(spec.kind), raw = f.raw
  const who = doc.people.value.filter((p) => p.at === addr)
  return html`<div class="q ${spec.kind} ${raw === UNKNOWN ? "unknown" : ""} ${who.length ? "watched" : ""}" data-field=${spec.name}>
    <div class="head"><label class="label" for=${id}>${spec.label}</label><span class="said" role="status">${who.length ? `${who.map((p) => p.name || "Somebody").join(", ")} ${who.some((p) => p.typing) ? "is typing" : "is here"}` : f.said.value}</span></div>
    ${spec.help ? html`<p class="hint" id=${id + "-hint"}>${spec.help}</p>` : null}
    <div class="row">${chosen ? html`<${Choose} f=${f} spec=${spec} id=${id} place=${addr} />` : html`<${Text} f=${f} spec=${spec} id=${id} place=${addr} />`}
      ${spec.unit ? html`<span class="unit">${spec.unit}</span>` : null}
      ${!chosen && (raw === "" || raw === UNKNOWN) ? html`<button class="dunno" aria-pressed=${raw === UNKNOWN} onClick=${() => f.type(raw === UNKNOWN ? "" : UNKNOWN, 0)}>${raw === UNKNOWN ? "Not known yet" : "Don’t know yet"}</button>` : null}</div>
    ${f.wrong.value ? html`<p class="wrong" role="alert">${f.wrong.value}</p>` : null}<${Clash} f=${f} spec=${spec} /></div>`
}
export function Sheet({ doc, data }) {
  const { part, list = "", record = "", topic } = data
  const specs = doc.specs(part, list).filter((s) => topic == null || (s.topic || "") === topic)
  const core = specs.filter((s) => s.core), more = specs.filter((s) => !s.core)
  const q = (s) => html`<${Question} key=${s.name} doc=${doc} part=${part} list=${list} record=${record} spec=${s} />`
  return html`<div class="sheet"><div class="core">${(core.length ? core : more).map(q)}</div>
    ${core.length && more.length ? html`<details class="more"><summary>More questions</summary><div class="core">${more.map(q)}</div></details>` : null}</div>`
}
