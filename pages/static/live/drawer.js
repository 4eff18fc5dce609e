// One record in full, beside its list: name, fields, its place, who is here, who changed it last. It has an address of its own.
import { useEffect, useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { go, opened } from "./nav.js"
import { called, initials, isIn } from "./people.js"
import { Sheet } from "./sheet.js"
import { ago } from "./times.js"

const PHONE = matchMedia("(max-width: 640px)")
const TYPES = "input,textarea,select,[role=listbox],[role=combobox]"

export function Drawer({ rec, archived }) {
  const [list, id] = opened.value.split("/"), mine = list === rec.list && !!id, there = rec.ids.value.includes(id)
  // What was open when somebody removed it stays open, with its text; an address of something long gone does not open.
  const seen = useRef(""), gone = useGone(rec, id)
  if (mine && there) seen.current = id
  if (!mine) seen.current = ""
  if (!mine || rec.doc.state.value === "loading") return null
  if (!there && seen.current !== id && !rec.doc.drafted(rec.part, rec.list, id)) {
    return html`<p class="hint" role="status">What this address opens was removed, or is not here. <button class="linkb" onClick=${() => go()}>Show the list</button></p>`
  }
  return html`<${Open} key=${rec.list} rec=${rec} id=${id} there=${there} by=${gone} archived=${archived} />`
}

// Who removed the open record, and when: {id, by, at}.
function useGone(rec, id) {
  const [gone, set] = useState(null)
  useEffect(() => {
    const hear = (e) => { if (e.part === rec.part && e.gone?.some(([list, one]) => list === rec.list && one === id)) set({ id, by: e.by, at: Date.now() }) }
    rec.doc.ears.add(hear)
    return () => rec.doc.ears.delete(hear)
  }, [rec, id])
  return gone?.id === id ? gone : null
}

// The newest change of any field: {by, at}.
function lastChange(rec, id) {
  const cells = rec.specs.map((spec) => rec.doc.cell(`${rec.part}/${rec.list}/${id}/${spec.name}`).value)
  return cells.reduce((last, cell) => (cell.at ?? 0) > (last?.at ?? 0) ? cell : last, null)
}
function Changed({ rec, id }) {
  const [, tick] = useState(0), last = lastChange(rec, id)
  useEffect(() => { const timer = setInterval(() => tick((n) => n + 1), 30_000); return () => clearInterval(timer) }, [])
  return last ? html`<p class="changed">Changed by <bdi>${last.by || "somebody"}</bdi> ${ago(last.at, rec.doc.skew)}</p>` : null
}

// The tab of the browser is called after what is open; a page that runs meanwhile writes its own name, which is kept for later.
function useTitle(name) {
  const title = name.replace(/\s+/g, " ").trim()                           // as the browser reads it back
  const kept = useRef(document.title), wanted = useRef(title)
  wanted.current = title
  useEffect(() => {
    const element = document.querySelector("title")
    const write = () => { if (document.title !== wanted.current) { kept.current = document.title; document.title = wanted.current } }
    const watch = new MutationObserver(write)
    if (element) watch.observe(element, { childList: true, characterData: true, subtree: true })
    return () => { watch.disconnect(); document.title = kept.current }
  }, [])
  useEffect(() => { document.title = title }, [title])
}

function Open({ rec, id, there, by, archived }) {
  const { doc, part, list, about } = rec, ids = rec.ids.value, place = ids.indexOf(id), name = rec.named(id)
  const ref = useRef(), heading = useRef(), lastId = useRef(id)
  const who = doc.people.value.filter((p) => isIn(p, `${part}/${list}/${id}`))
  const first = useRef(place < 0 ? 0 : place)
  if (place >= 0) first.current = place
  useTitle(`${name} · ${about.title}`)
  useLayoutEffect(() => {
    const el = ref.current, scope = el.getRootNode()
    el.showPopover()
    return () => requestAnimationFrame(() => requestAnimationFrame(() => {
      // Back to the row, unless the person has gone elsewhere or the page has.
      if (!scope.activeElement && (document.activeElement === document.body || document.activeElement === scope.host)) {
        scope.querySelector(`button[data-id="${lastId.current}"], [data-note]`)?.focus()
      }
    }))
  }, [])
  useLayoutEffect(() => {
    lastId.current = id; ref.current.scrollTop = 0
    if (new URL(location.href).searchParams.has("at")) return              // the field that the address names takes the focus
    if (rec.made.has(id) && !rec.firstIsText) ref.current.querySelector(`.sheet :is(${TYPES},button)`)?.focus({ preventScroll: true })
    else if (!ref.current.contains(ref.current.getRootNode().activeElement) || lastId.current !== id) heading.current.focus({ preventScroll: true })
  }, [id])
  const step = (by) => { const next = ids[(place < 0 ? first.current - (by > 0 ? 1 : 0) : place) + by]; if (next) { go(list, next); heading.current.focus({ preventScroll: true }) } }
  const keys = (e) => {
    if (e.isComposing) return
    if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); go() }
    else if (e.key === "Tab" && PHONE.matches) trap(e, ref.current)
    else if ((e.key === "ArrowUp" || e.key === "ArrowDown") && !e.altKey && !e.target.matches?.(TYPES)) { e.preventDefault(); step(e.key === "ArrowUp" ? -1 : 1) }
  }
  useEscape(ref)
  return html`<div class="drawer" popover="manual" ref=${ref} role="dialog" aria-label=${`${capital(about.singular)}: ${name}`} aria-modal=${PHONE.matches ? "true" : undefined} onKeyDown=${keys}>
    <div class="dtop">
      <button class="btn q ico" aria-label="Previous" disabled=${place <= 0} onClick=${() => step(-1)}>${icon("up")}</button>
      <button class="btn q ico" aria-label="Next" disabled=${place < 0 || place >= ids.length - 1} onClick=${() => step(1)}>${icon("down")}</button>
      <span class="meta">${there ? `${place + 1} of ${ids.length.toLocaleString("en")}` : "removed"}</span>
      <span class="end"></span>
      ${who.map((p) => html`<span class="av s c${p.colour}" key=${p.tab} title=${`${called(p)} is here`} role="img" aria-label=${`${called(p)} is here`}>${initials(p.name) || "?"}</span>`)}
      <${Menu} rec=${rec} id=${id} there=${there && !archived} place=${place} />
      <button class="btn q ico" aria-label="Close" onClick=${() => go()}>${icon("close")}</button></div>
    <h2 dir="auto" tabindex="-1" ref=${heading}>${name}</h2>
    ${there ? null : html`<div class="banner" role="alert"><span class="grow"><bdi>${by?.by || "Somebody"}</bdi> removed this ${about.singular}${by ? `, ${ago(by.at)}` : ""}. Its text is still here.</span>
      ${archived ? null : html`<button class="btn sm" onClick=${() => revive(rec, id, first.current)}>Bring it back</button>`}</div>`}
    ${archived ? html`<p class="hint">This project is archived: it can be read, not changed.</p>` : null}
    <${Sheet} key=${id} doc=${doc} data=${{ part, list, record: id }} quiet />
    <${Changed} key=${"changed" + id} rec=${rec} id=${id} /></div>`
}

function revive(rec, id, place) {
  const ids = rec.ids.peek()
  rec.save([{ record: id, restore: true, after: ids[Math.min(place, ids.length) - 1] ?? "" }])
  for (const spec of rec.specs) {
    const field = rec.doc.field(`${rec.part}/${rec.list}/${id}/${spec.name}`)
    if (field.clash.peek()?.status === "removed") field.settle("mine")
  }
}

// Escape closes from anywhere, but not what stands in front of the page.
function useEscape(ref) {
  useEffect(() => {
    const close = (e) => {
      if (e.key !== "Escape" || e.defaultPrevented || e.isComposing) return
      const path = e.composedPath()
      if (path.includes(ref.current) || path.some((el) => el.matches?.("[role=dialog]," + TYPES))) return
      go()
    }
    addEventListener("keydown", close)
    return () => removeEventListener("keydown", close)
  }, [])
}

// A full screen has nothing behind it that could be reached by Tab.
function trap(e, drawer) {
  const all = [...drawer.querySelectorAll("button,input,textarea,select,summary,a[href]")].filter((el) => !el.disabled && el.getClientRects().length)
  const at = drawer.getRootNode().activeElement, edge = e.shiftKey ? all[0] : all.at(-1)
  if (at === edge || (e.shiftKey && !all.includes(at))) { e.preventDefault(); (e.shiftKey ? all.at(-1) : all[0]).focus() }
}

function Menu({ rec, id, there, place }) {
  const [isOpen, show] = useState(false), ref = useRef(), many = rec.ids.value.length
  const item = (label, does, kind = "") => html`<button class="item ${kind}" onClick=${() => { show(false); does() }}>${label}</button>`
  const copy = async () => {
    try { await navigator.clipboard.writeText(location.href); rec.say("Link copied") } catch { rec.say("The browser does not allow copying; take the address of the page") }
  }
  const leave = (e) => { if (!e.currentTarget.contains(e.relatedTarget)) show(false) }
  const keys = (e) => {
    if (e.key === "Escape" && isOpen) { e.preventDefault(); e.stopPropagation(); show(false); ref.current.firstElementChild.focus() }
    else if ((e.key === "ArrowUp" || e.key === "ArrowDown") && isOpen) {
      e.preventDefault(); e.stopPropagation()
      const all = [...ref.current.querySelectorAll("button")], next = all[all.indexOf(e.target) + (e.key === "ArrowUp" ? -1 : 1)]
      next?.focus()
    }
  }
  return html`<span class="menu" ref=${ref} onFocusOut=${leave} onKeyDown=${keys}>
    <button class="btn q ico" aria-label="More" aria-expanded=${String(isOpen)} onClick=${() => show(!isOpen)}>${icon("more")}</button>
    ${isOpen ? html`<span class="items">
      ${item("Copy the link", copy)}
      ${there ? [item("Duplicate", () => go(rec.list, rec.duplicate(id))),
        place > 0 ? item("Move up", () => rec.step(id, -1)) : null, place < many - 1 ? item("Move down", () => rec.step(id, 1)) : null,
        item("Remove", () => { rec.remove([id]); go() }, "danger")] : null}</span>` : null}</span>`
}

const capital = (word) => word[0].toUpperCase() + word.slice(1)
