// A list of records: whole names to read, one line to add, a drawer for everything else, a grid for those who paste.
import { useEffect, useRef, useState } from "./vendor/hooks.js"
import { useLed } from "./arriving.js"
import { Drawer } from "./drawer.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { Ladder } from "./ladder.js"
import { usePhone } from "./phone.js"
import { records } from "./records.js"
import { Rows } from "./rows.js"

const SHAPES = { ladder: ["Ladder", Ladder] }                               // lists that are drawn in a shape of their own

// Which look a person chose for this list, on this device.
function useLook(part, list) {
  const key = `look:${part}/${list}`
  const [look, set] = useState(() => { try { return localStorage.getItem(key) || "list" } catch { return "list" } })
  const choose = (next) => {
    set(next)
    try { localStorage.setItem(key, next) } catch { /* a private window: until it is closed */ }
  }
  return [look, choose]
}

// `shape` elsewhere: the page shows the entries in a way of its own; here they are added, opened and pasted. `given` is what a new one says at once.
export function List({ doc, data: { part, list, shape, given = {} } }) {
  // Lists that the workbench writes itself have forms of their own; most are not in the schema.
  return doc.schema[part]?.lists[list] ? html`<${Listed} key=${`${part}/${list}`} rec=${records(doc, part, list)} shape=${shape} given=${given} />` : null
}

function Listed({ rec, shape, given }) {
  const [name, Body] = SHAPES[shape] ?? ["List", Rows], looks = [["list", name], ["grid", "Grid"]]
  const { doc, part, list, about } = rec, isWide = !usePhone(), [look, choose] = useLook(part, list)
  const count = rec.ids.value.length, isGrid = look === "grid" && isWide, archived = Boolean(doc.archived.value)   // a phone has lists, never grids
  const section = useLed(rec), isElsewhere = shape === "elsewhere"
  const mayPick = !archived && !isGrid && Body === Rows && !isElsewhere && count > 1 && !rec.picking.value
  return html`<section class="records ${isGrid ? "whole" : ""}" ref=${section} aria-label=${about.title}>
    <div class="bar"><h2 tabindex="-1">${about.title}${isElsewhere && !isGrid ? null : html` <span class="count">${count.toLocaleString("en")}</span>`}</h2>
      ${mayPick ? html`<button class="btn q" onClick=${() => rec.pick(new Set())}>Select</button>` : null}
      ${isWide ? html`<div class="seg" role="group" aria-label="Show as">${looks.map(([name, title]) => html`
        <button key=${name} aria-pressed=${String((name === "grid") === isGrid)} onClick=${() => choose(name)}>
          ${icon(name)}${title}</button>`)}</div>` : null}</div>
    ${rec.wrong.value ? html`<p class="wrong" role="alert">${rec.wrong.value}</p>` : null}
    ${isGrid ? html`<${Grid} doc=${doc} part=${part} list=${list} />` : html`<${Body} rec=${rec} archived=${archived} bare=${isElsewhere} given=${given} />`}
    <p class="off" role="status">${rec.said.value}</p>
    <${Drawer} rec=${rec} archived=${archived} /></section>`
}

// The table is loaded when somebody first asks for it.
function Grid({ doc, part, list }) {
  const ref = useRef()
  useEffect(() => {
    let leave = () => {}, isLeft = false
    const show = async () => {
      const grid = await import("./grid.js")
      const off = isLeft ? null : await grid.show(ref.current, { doc, part, list, specs: doc.specs(part, list) })
      if (isLeft) off?.()
      else leave = off
    }
    show()
    return () => { isLeft = true; leave() }
  }, [])
  return html`<div class="grid" ref=${ref}></div>`
}
