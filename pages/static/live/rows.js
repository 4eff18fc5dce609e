// The rows of a list, with everything that can be done to them by mouse, finger and keys.
import { useEffect, useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { drag, dragged } from "./drag.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { go, opened } from "./nav.js"
import { goOn } from "./onward.js"
import { Gone, Row } from "./row.js"
import { heads, withArticle } from "./words.js"
import { useHeldFocus, useSteady, useWindow, walked } from "./window.js"

const TINT_MS = 2000
const NONE = []
const NOBODYS = 5                                                           // the colour of somebody who is not here any more
export const ARCHIVED = "This project is archived: it can be read, not changed."

// Rows that somebody else has just added, with the colour of who did: id -> colour.
function useFresh(rec, ids) {
  const [fresh, set] = useState(new Map()), known = useRef(new Set(ids)), by = useRef("")
  useEffect(() => {
    const hear = (e) => { by.current = e.by || "" }
    rec.doc.ears.add(hear)
    return () => rec.doc.ears.delete(hear)
  }, [rec])
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

// The focus follows a row that moves, and waits for one that has still to be drawn.
function useFocusOn(ul) {
  const wanted = useRef(""), [, draw] = useState(0)
  useLayoutEffect(() => {
    const found = wanted.current && ul.current?.querySelector(wanted.current)
    if (!found) return
    wanted.current = ""
    found.focus()
  })
  return (selector) => { wanted.current = selector; draw((n) => n + 1) }
}

// "Select" and "Done" go when they are pressed: the keys go on in the rows.
function useStart(ul, isPicking, begin) {
  const was = useRef(isPicking)
  useLayoutEffect(() => {
    if (was.current !== isPicking && !ul.current.getRootNode().activeElement) begin()
    was.current = isPicking
  }, [isPicking])
}

const arrowOf = (e) => (e.key === "ArrowUp" ? -1 : e.key === "ArrowDown" ? 1 : 0)

// What keys and presses do, for a person who may write and for one who only reads.
function useHands(rec, ul, ids, writes, setFocus, focusOn) {
  const focusRow = (id) => { setFocus(id); focusOn(`button[data-id="${id}"]`) }
  const focusNote = () => focusOn(`[data-note="${rec.removed.peek().at(-1)?.key}"]`)
  const press = (e, id) => {
    if (writes && e.shiftKey) rec.pickTo(id)
    else if (writes && (e.ctrlKey || e.metaKey || rec.picking.peek())) rec.toggle(id)
    else go(rec.list, id)
  }
  const walk = (e) => {
    const by = arrowOf(e)
    if (!by) return null
    e.preventDefault()
    const all = walked(ul.current), next = all[all.indexOf(e.currentTarget) + by]
    next?.focus()
    return next
  }
  const pickOn = (e, id) => {
    if (!rec.picked.peek().size) rec.pickTo(id)
    const next = walk(e)?.dataset.id
    if (next) rec.pickTo(next)
  }
  const move = (e, id) => {
    e.preventDefault()
    if (!writes) return
    rec.step(id, arrowOf(e))
    focusRow(id)
  }
  const remove = (id) => {
    const picked = rec.picked.peek()
    rec.remove(picked.has(id) ? [...picked] : [id])
    focusNote()
  }
  const keys = (e, id) => {
    const isArrow = arrowOf(e) !== 0
    if (isArrow && e.altKey) move(e, id)
    else if (isArrow && e.shiftKey && writes) pickOn(e, id)
    else if (isArrow) walk(e)
    else if (e.key === "Home" || e.key === "End") { e.preventDefault(); focusRow(ids.at(e.key === "Home" ? 0 : -1)) }
    else if (e.key === "Delete" && writes) remove(id)
    else if (e.key === "Escape" && rec.picking.peek()) { e.preventDefault(); rec.stopPicking() }
  }
  const undo = (e) => {
    if (!writes || e.key !== "z" || e.shiftKey || !(e.ctrlKey || e.metaKey)) return
    e.preventDefault()
    const id = rec.undo()
    if (id) focusRow(id)
  }
  return { focusRow, focusNote, press, walk, keys, undo }
}

export function Rows({ rec, archived, bare = false, given = {} }) {
  const ul = useRef(), ids = bare ? NONE : rec.ids.value, writes = !archived, many = ids.length, [focus, setFocus] = useState("")
  const [list, open] = opened.value.split("/"), held = dragged.value?.id
  const kept = [focus, held, list === rec.list && open].map((id) => ids.indexOf(id))
  const fresh = useFresh(rec, ids), notes = rec.notes()
  // First what was held stays held, last comes what is wanted: the focus that somebody asks for wins, and scrolls.
  useHeldFocus(ul)
  useSteady(ids, ul)
  const { parts, least } = useWindow(ids, ul, kept)
  const focusOn = useFocusOn(ul), hands = useHands(rec, ul, ids, writes, setFocus, focusOn)
  useStart(ul, rec.picking.value, () => hands.focusRow(ids.includes(focus) ? focus : ids[0]))
  const drop = (id, before) => {
    const others = ids.filter((one) => one !== id), place = before ? others.indexOf(before) : others.length
    rec.move(id, others[place - 1] ?? "")
  }
  const grab = writes && !rec.picking.value ? (e, id) => drag(e, ul.current, id, drop) : undefined
  const goneAt = (place) => (notes.get(place) ?? []).map((note) => html`
    <${Gone} key=${note.key} rec=${rec} note=${note} walk=${hands.walk} focusRow=${hands.focusRow} />`)
  const drawn = ({ row, gap, from }) => {
    if (row === undefined) return [html`<li key=${`gap${from}`} class="gap" aria-hidden="true" style=${`height: ${gap}px`}></li>`]
    const id = ids[row]
    return [html`<${Row} key=${id} rec=${rec} id=${id} place=${row + 1} many=${many} fresh=${fresh.get(id)}
      keys=${hands.keys} press=${hands.press} grab=${grab} />`, ...goneAt(row + 1)]
  }
  const columns = heads(rec.doc, rec.part, rec.list)
  const height = least ? `min-height: ${least}px; overflow-anchor: none` : undefined
  const noteFocus = ({ target }) => { if (target.dataset.id) setFocus(target.dataset.id) }
  return html`
    ${rec.picking.value ? html`<${Picked} rec=${rec} focusNote=${hands.focusNote} />` : null}
    ${rec.ids.value.length ? null : html`<p class="empty">${rec.about.begin}</p>`}
    ${many && columns.length ? html`<div class="fighead" aria-hidden="true"><span class="figs">${columns.map((one) => html`<span key=${one}>${one}</span>`)}</span></div>` : null}
    <ul class="list ${writes ? "movable" : ""}" ref=${ul} style=${height}
      onKeyDown=${hands.undo} onFocusIn=${noteFocus}>
      ${bare ? [...notes.keys()].flatMap(goneAt) : [...goneAt(0), ...parts.flatMap(drawn)]}</ul>
    ${archived ? html`<p class="hint">${ARCHIVED}</p>` : html`<${Add} rec=${rec} given=${given} />`}`
}

function Picked({ rec, focusNote }) {
  const picked = rec.picked.value, isNone = !picked.size
  const duplicate = () => {
    rec.duplicate(...rec.ids.peek().filter((id) => picked.has(id)))
    rec.stopPicking()
  }
  const remove = () => { rec.remove([...picked]); focusNote() }
  return html`<div class="picking" role="toolbar" aria-label="What is selected">
    <span class="grow" role="status">${picked.size} selected</span>
    <button class="btn sm" disabled=${isNone} onClick=${duplicate}>Duplicate</button>
    <button class="btn sm danger" disabled=${isNone} onClick=${remove}>Remove</button>
    <button class="btn sm q" onClick=${() => rec.stopPicking()}>Done</button></div>`
}

// One line to add: Enter, and the next. Where the first question takes no text, a button that opens the drawer.
function Add({ rec, given }) {
  const label = `Add ${withArticle(rec.about.singular)}`, first = rec.specs[0]
  const said = () => ({ ...rec.obvious(), ...Object.fromEntries(Object.entries(given).map(([name, value]) => [name, ["", value]])) })
  if (!rec.firstIsText) {
    const open = () => go(rec.list, rec.add(said()))
    return html`<div class="addrow"><button class="btn q" onClick=${open}>${icon("plus")}${label}</button></div>`
  }
  const enter = (e) => {
    const text = e.target.value.trim().normalize("NFC")
    if (e.key !== "Enter" || e.isComposing) return
    e.preventDefault()
    if (!text) { goOn(rec.doc, rec.part); return }
    rec.add({ ...said(), [first.name]: ["", text] })
    rec.say(`“${text}” added`)
    e.target.value = ""
  }
  return html`<label class="addrow">${icon("plus")}
    <input class="add" placeholder=${`${label}, ${rec.ids.value.length ? "or Enter to go on" : "Enter for the next"}`} aria-label=${label} enterkeyhint="next" autocomplete="off"
      maxLength=${first.max} dir="auto" onKeyDown=${enter} />
    <span class="kbd" aria-hidden="true">↵</span></label>`
}
