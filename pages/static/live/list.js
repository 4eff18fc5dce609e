import { useEffect, useRef, useState } from "./vendor/hooks.js"
import { Clash } from "./clash.js"
import { newId, UNKNOWN } from "./doc.js"
import { Drawer } from "./drawer.js"
import { html } from "./html.js"
import { go } from "./nav.js"

// A list of records: whole texts to read, one line to add, a drawer for everything else, a grid for columns.
const words = (doc, spec, typed) => typed === UNKNOWN ? "?" : ["choice", "link"].includes(spec.kind) ? (doc.options(spec).find(([v]) => v === typed)?.[1] ?? typed) : spec.kind === "links" ? "" : typed + (spec.unit ? " " + spec.unit : "")
function Row({ doc, part, list, id, specs, move }) {
  const get = (s) => doc.field(`${part}/${list}/${id}/${s.name}`).raw
  const [first, ...rest] = specs.filter((s) => s.kind === "text" || s.kind === "long")
  const long = rest.find((s) => s.kind === "long" && get(s) && get(s) !== UNKNOWN)
  const chips = specs.filter((s) => s !== first && s !== long && s.kind !== "links" && get(s)).slice(0, 3)
  const who = doc.people.value.filter((p) => p.at.startsWith(`${part}/${list}/${id}/`))
  const keys = (e) => {
    if (e.key === "Enter" || e.key === " ") { e.preventDefault(); go(list, id) }
    else if (e.altKey && (e.key === "ArrowUp" || e.key === "ArrowDown")) { e.preventDefault(); move(id, e.key === "ArrowUp" ? -1 : 1) }
    else if (e.key === "ArrowUp" || e.key === "ArrowDown") { e.preventDefault(); (e.key === "ArrowUp" ? e.currentTarget.previousElementSibling : e.currentTarget.nextElementSibling)?.focus() }
  }
  return html`<li class="entry ${who.length ? "watched" : ""}" data-id=${id} tabIndex=0 role="button" aria-haspopup="dialog" draggable="true" onKeyDown=${keys} onClick=${() => go(list, id)}
      onDragStart=${(e) => { e.dataTransfer.setData("text/plain", id); e.dataTransfer.effectAllowed = "move" }} onDragOver=${(e) => e.preventDefault()}
      onDrop=${(e) => { e.preventDefault(); move(e.dataTransfer.getData("text/plain"), 0, id) }}>
    <span class="grip" aria-hidden="true">⠿</span><div class="body"><div class="name" dir="auto">${doc.title(part, list, id)}</div>
    ${long ? html`<div class="whole" dir="auto">${get(long)}</div>` : null}
    <div class="chips">${chips.map((s) => html`<span class="chip" key=${s.name} title=${s.label}>${words(doc, s, get(s))}</span>`)}${who.map((p) => html`<span class="chip who">${p.name || "Somebody"} ${p.typing ? "is typing" : "is here"}</span>`)}</div></div></li>`
}
export function List({ doc, data }) {
  const { part, list } = data, about = doc.schema[part].lists[list], specs = about.fields.filter((s) => s.core || s.tabled)
  const ids = doc.list(part, list).value, [grid, setGrid] = useState(() => sessionStorage.getItem("grid:" + list) === "1"), said = useRef()
  const move = (id, by, onto) => {
    const next = ids.filter((i) => i !== id), at = onto !== undefined ? ids.indexOf(onto) : ids.indexOf(id) + by
    if (id === onto || at < 0 || at > next.length) return
    next.splice(at, 0, id)
    doc.rows(part, [{ list, order: next }])
    said.current.textContent = `${doc.title(part, list, id)}: place ${at + 1} of ${ids.length}`
    requestAnimationFrame(() => said.current?.parentNode.querySelector(`[data-id="${id}"]`)?.focus())
  }
  const add = (e) => {
    if (e.key !== "Enter" || e.isComposing || !e.target.value.trim()) return
    e.preventDefault()
    const first = specs.find((s) => s.kind === "text" || s.kind === "long")
    doc.rows(part, [{ list, record: newId(), new: true, cells: { [first.name]: ["", e.target.value] } }])
    e.target.value = ""
  }
  const show = (on) => { sessionStorage.setItem("grid:" + list, on ? "1" : "0"); setGrid(on) }
  return html`<section aria-label=${about.title}><div class="bar"><h2>${about.title}</h2><div class="switch" role="group" aria-label="Look">
      <button aria-pressed=${!grid} onClick=${() => show(false)}>List</button><button aria-pressed=${grid} onClick=${() => show(true)}>Grid</button></div></div>
    ${doc.error.value ? html`<p class="wrong" role="alert">${doc.error.value}</p>` : null}
    ${grid ? html`<${Grid} doc=${doc} part=${part} list=${list} specs=${specs} />` : html`
      ${ids.length ? null : html`<p class="hint">${about.begin}</p>`}
      <ul class="list" onFocusOut=${() => {}}>${ids.map((id) => html`<${Row} key=${id} doc=${doc} part=${part} list=${list} id=${id} specs=${specs} move=${move} />`)}</ul>
      <input class="control add" placeholder=${`+ Add a ${about.singular}, Enter for the next`} aria-label=${`Add a ${about.singular}`} enterkeyhint="next" dir="auto" onKeyDown=${add} />`}
    <p class="off" role="status" ref=${said}></p><${Drawer} doc=${doc} part=${part} list=${list} ids=${ids} about=${about} /></section>`
}
function Grid(props) {
  const ref = useRef()
  useEffect(() => { let off, left = false; import("./grid.js").then((g) => g.show(ref.current, props)).then((f) => { left ? f() : (off = f) }); return () => { left = true; off?.() } }, [])
  const bad = props.doc.list(props.part, props.list).value.flatMap((id) => props.specs.map((s) => ({ s, id, f: props.doc.field(`${props.part}/${props.list}/${id}/${s.name}`) }))).filter(({ f }) => f.clash.value || f.wrong.value)
  return html`<div class="grid" ref=${ref}></div>${bad.map(({ s, id, f }) => html`<div class="trouble" key=${f.addr}><strong>${props.doc.title(props.part, props.list, id)}, ${s.label}</strong>${f.wrong.value ? html`<p class="wrong" role="alert">${f.wrong.value} Typed: ${f.raw}</p>` : null}<${Clash} f=${f} spec=${s} /></div>`)}
    <p class="hint">Cells save themselves. Paste rows from a spreadsheet, also below the last row; ? stands for “not known yet”.</p>`
}
