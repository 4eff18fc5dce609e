// A list of records: whole names to read, one line to add, a drawer for everything else, a grid for those who paste.
import { useEffect, useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { drag } from "./drag.js"
import { Drawer } from "./drawer.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { go, opened } from "./nav.js"
import { records } from "./records.js"
import { Gone, Row } from "./row.js"
import { withArticle } from "./words.js"
import { useHeldFocus, useSteady, useWindow } from "./window.js"

const TINT_MS = 2000
const WIDE = matchMedia("(min-width: 641px)")                               // a phone has lists, never grids
const DRAWER = 452
const NOBODYS = 5                                                           // the colour of somebody who is not here any more

// Which look a person chose for this list, on this device.
function useLook(part, list) {
  const key = `look:${part}/${list}`
  const [look, set] = useState(() => { try { return localStorage.getItem(key) || "list" } catch { return "list" } })
  return [look, (next) => { set(next); try { localStorage.setItem(key, next) } catch { /* private window: until it is closed */ } }]
}
function useWide() {
  const [wide, set] = useState(WIDE.matches)
  useEffect(() => { const on = () => set(WIDE.matches); WIDE.addEventListener("change", on); return () => WIDE.removeEventListener("change", on) }, [])
  return wide
}
// Rows that somebody else has just added, with the colour of who did: id -> colour.
function useFresh(rec, ids) {
  const [fresh, set] = useState(new Map()), known = useRef(new Set(ids)), by = useRef("")
  useEffect(() => { const hear = (e) => { by.current = e.by || "" }; rec.doc.ears.add(hear); return () => rec.doc.ears.delete(hear) }, [rec])
  useLayoutEffect(() => {
    const came = ids.filter((id) => !known.current.has(id) && !rec.made.has(id))
    known.current = new Set(ids)
    if (!came.length) return
    const colour = rec.doc.people.peek().find((p) => p.name === by.current)?.colour ?? NOBODYS
    set((now) => new Map([...now, ...came.map((id) => [id, colour])]))
    setTimeout(() => set((now) => new Map([...now].filter(([id]) => !came.includes(id)))), TINT_MS)
  }, [ids])
  return fresh
}
// Beside an open drawer the list keeps to the room that is left, where there is enough of it.
function useRoom(section, open) {
  useLayoutEffect(() => {
    const el = section.current
    if (!open || !el.querySelector(".drawer")) return
    const fit = () => {
      el.style.maxInlineSize = ""
      const box = el.getBoundingClientRect(), rtl = getComputedStyle(el).direction === "rtl"
      const room = (rtl ? box.right : innerWidth - box.left) - DRAWER - 24
      if (room > 300 && room < box.width) el.style.maxInlineSize = `${room}px`
    }
    fit(); addEventListener("resize", fit)
    return () => { removeEventListener("resize", fit); el.style.maxInlineSize = "" }
  }, [open])
}

export function List({ doc, data }) {
  // Lists that a machine writes are not in the schema: a form of their own shows them.
  return doc.schema[data.part]?.lists[data.list] ? html`<${Listed} key=${data.list} doc=${doc} part=${data.part} list=${data.list} />` : null
}

function Listed({ doc, part, list }) {
  const rec = records(doc, part, list), { about } = rec, ids = rec.ids.value, archived = !!doc.archived?.value
  const [look, setLook] = useLook(part, list), wide = useWide(), section = useRef()
  const grid = look === "grid" && wide
  useRoom(section, wide && opened.value.startsWith(`${list}/`) ? opened.value : "")
  return html`<section class="records" ref=${section} aria-label=${about.title}>
    <div class="bar"><h2>${about.title} <span class="count">${ids.length.toLocaleString("en")}</span></h2>
      ${!archived && !grid && ids.length > 1 && !rec.picking.value ? html`<button class="btn q" onClick=${() => { rec.picking.value = true }}>Select</button>` : null}
      ${wide ? html`<${Switch} look=${grid ? "grid" : "list"} set=${setLook} />` : null}</div>
    ${rec.wrong.value ? html`<p class="wrong" role="alert">${rec.wrong.value}</p>` : null}
    ${grid ? html`<${Grid} doc=${doc} part=${part} list=${list} specs=${about.fields.filter((s) => s.core || s.tabled)} />`
      : html`<${Rows} rec=${rec} ids=${ids} archived=${archived} />`}
    <p class="off" role="status">${rec.said.value}</p><${Drawer} rec=${rec} archived=${archived} /></section>`
}

const Switch = ({ look, set }) => html`<div class="seg" role="group" aria-label="Show as">${[["list", "List"], ["grid", "Grid"]].map(([name, title]) =>
  html`<button key=${name} aria-pressed=${look === name} onClick=${() => set(name)}>${icon(name)}${title}</button>`)}</div>`

function Rows({ rec, ids, archived }) {
  const ul = useRef(), [focus, setFocus] = useState(""), fresh = useFresh(rec, ids), writes = !archived
  const openId = opened.value.startsWith(`${rec.list}/`) ? opened.value.slice(rec.list.length + 1) : ""
  useSteady(ids, ul)
  const hold = useHeldFocus(ul), { parts, least } = useWindow(ids, ul, [ids.indexOf(focus), ids.indexOf(openId)]), notes = rec.notes()
  // The focus follows a row that moves, and waits for one that has still to be drawn.
  const wanted = useRef(""), [, again] = useState(0)
  const focusOn = (selector) => { wanted.current = selector; again((n) => n + 1) }
  useLayoutEffect(() => {
    const found = wanted.current && ul.current?.querySelector(wanted.current)
    if (found) { wanted.current = ""; found.focus() }
  })
  const focusRow = (id) => { setFocus(id); focusOn(`button[data-id="${id}"]`) }
  const focusNote = () => focusOn(`[data-note="${rec.removed.peek().at(-1)?.key}"]`)
  const drop = (id, before) => {
    const others = ids.filter((one) => one !== id), place = before ? others.indexOf(before) : others.length
    rec.move(id, others[place - 1] ?? "")
  }
  const press = (e, id) => {
    if (writes && e.shiftKey) rec.pickTo(id)
    else if (writes && (e.ctrlKey || e.metaKey || rec.picking.peek())) rec.toggle(id)
    else go(rec.list, id)
  }
  const walk = (e) => {
    if (e.key !== "ArrowUp" && e.key !== "ArrowDown") return null
    e.preventDefault()
    const all = [...ul.current.querySelectorAll("[data-walk]")], next = all[all.indexOf(e.currentTarget) + (e.key === "ArrowUp" ? -1 : 1)]
    next?.focus()
    return next
  }
  const keys = (e, id) => {
    const arrow = e.key === "ArrowUp" ? -1 : e.key === "ArrowDown" ? 1 : 0
    if (arrow && e.altKey) { e.preventDefault(); if (writes) { rec.step(id, arrow); focusRow(id) } }
    else if (arrow && e.shiftKey && writes) { if (!rec.picked.peek().size) rec.pickTo(id); const next = walk(e); if (next?.dataset.id) rec.pickTo(next.dataset.id) }
    else if (arrow) walk(e)
    else if (e.key === "Home" || e.key === "End") { e.preventDefault(); focusRow(ids.at(e.key === "Home" ? 0 : -1)) }
    else if (e.key === "Delete" && writes) { rec.remove(rec.picked.peek().has(id) ? [...rec.picked.peek()] : [id]); focusNote() }
    else if (e.key === "Escape" && rec.picking.peek()) { e.preventDefault(); rec.stopPicking() }
  }
  const undo = (e) => {
    if (!(e.ctrlKey || e.metaKey) || e.key !== "z" || e.composedPath()[0].matches?.("input,textarea") || !rec.removed.peek().length) return
    e.preventDefault()
    const note = rec.removed.peek().at(-1)
    rec.bringBack(note); focusRow(note.rows[0].id)
  }
  const gone = (place) => (notes.get(place) ?? []).map((note) => html`<${Gone} key=${note.key} rec=${rec} note=${note} walk=${walk} />`)
  return html`
    ${rec.picking.value ? html`<${Picked} rec=${rec} removed=${focusNote} />` : null}
    ${ids.length ? null : html`<p class="empty">${rec.about.begin}</p>`}
    <ul class="list ${writes ? "movable" : ""}" ref=${ul} style=${least ? `min-height: ${least}px; overflow-anchor: none` : undefined} onKeyDown=${undo} onFocusOut=${hold} onFocusIn=${(e) => { const id = e.target.dataset.id; if (id) setFocus(id) }}>
      ${[...gone(0), ...parts.flatMap(({ row, gap, from }) => row === undefined ? html`<li key=${`gap${from}`} class="gap" aria-hidden="true" style=${`height: ${gap}px`}></li>`
        : [html`<${Row} key=${ids[row]} rec=${rec} id=${ids[row]} place=${row + 1} many=${ids.length} fresh=${fresh.get(ids[row])} keys=${keys} press=${press}
            grab=${(e, id) => drag(e, ul.current, id, drop)} writes=${writes} />`, ...gone(row + 1)])]}
    </ul>
    ${archived ? html`<p class="hint">This project is archived: it can be read, not changed.</p>` : html`<${Add} rec=${rec} />`}`
}

function Picked({ rec, removed }) {
  const picked = rec.picked.value, none = !picked.size
  return html`<div class="picking" role="toolbar" aria-label="What is selected"><span class="grow" role="status">${picked.size} selected</span>
    <button class="btn sm" disabled=${none} onClick=${() => { for (const id of rec.ids.peek().filter((one) => picked.has(one))) rec.duplicate(id); rec.stopPicking() }}>Duplicate</button>
    <button class="btn sm danger" disabled=${none} onClick=${() => { rec.remove([...picked]); removed() }}>Remove</button>
    <button class="btn sm q" onClick=${() => rec.stopPicking()}>Done</button></div>`
}

// One line to add: Enter, and the next. Where the first question takes no text, a button that opens the drawer.
function Add({ rec }) {
  const label = `Add ${withArticle(rec.about.singular)}`, first = rec.specs[0]
  if (!rec.firstIsText) return html`<div class="addrow"><button class="btn q" onClick=${() => go(rec.list, rec.add())}>${icon("plus")}${label}</button></div>`
  const enter = (e) => {
    const text = e.target.value.trim()
    if (e.key !== "Enter" || e.isComposing || !text) return
    e.preventDefault()
    rec.add({ [first.name]: ["", text.normalize("NFC")] })
    rec.say(`“${text}” added`)
    e.target.value = ""
  }
  return html`<label class="addrow">${icon("plus")}<input class="add" placeholder=${`${label}, Enter for the next`} aria-label=${label} enterkeyhint="next" autocomplete="off"
    maxLength=${first.max} dir="auto" onKeyDown=${enter} /><span class="kbd" aria-hidden="true">↵</span></label>`
}

// The table loads when somebody first asks for it.
function Grid(props) {
  const ref = useRef()
  useEffect(() => {
    let off, left = false
    import("./grid.js").then((g) => g.show(ref.current, props)).then((f) => { left ? f() : (off = f) })
    return () => { left = true; off?.() }
  }, [])
  return html`<div class="grid" ref=${ref}></div>`
}
