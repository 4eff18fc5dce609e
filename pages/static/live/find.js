// Find: any question, list, record, page and setting by a few of its words. Everything is in the browser already.
import { useEffect, useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { closeSheet, pageHref, placeHref, travel } from "./address.js"
import { root } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { named } from "./words.js"

const SHOWN = 12
const ALWAYS = [["", "Projects", ""], ["settings", "Currency of new projects", "Settings"], ["settings?tab=new", "Days off of new projects, samples", "Settings"],
  ["settings?tab=ranking", "Criteria for ranking, rubrics", "Settings"], ["settings?tab=packs", "Question packs", "Settings"], ["settings?tab=words", "What words mean, glossary", "Settings"]]
const OF_PROJECT = [["home", "Home", ""], ["charter", "Charter", ""], ["run", "Run", ""], ["history", "History: who changed what", ""]]

// Small letters without their marks, so that "zloty" finds "Złoty".
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replaceAll("ł", "l").toLowerCase()

// Everything that can be found, as {title, where, href, more}: `more` is found by, but not shown.
export function places(doc) {
  const page = ([path, title, where]) => ({ title, where, href: pageHref(root, path, doc?.project), more: "" })
  if (!doc?.schema) return ALWAYS.map(page)
  const all = [...ALWAYS, ...OF_PROJECT].map(page)
  for (const [part, about] of Object.entries(doc.schema)) {
    const to = (place) => placeHref(root, doc, part, place)
    all.push({ title: about.title, where: "", href: to(".."), more: about.question })
    for (const spec of about.own) all.push({ title: spec.label, where: about.title, href: to(`..${spec.name}`), more: spec.help ?? "" })
    for (const [list, { title, fields }] of Object.entries(about.lists)) {
      all.push({ title, where: about.title, href: to(`${list}..`), more: "" })
      for (const id of doc.list(part, list).peek()) all.push({ title: named(doc, part, list, id), where: `${about.title} · ${title}`, href: to(`${list}.${id}.`), more: "" })
      for (const spec of fields) all.push({ title: spec.label, where: `${about.title} · asked for each of ${title}`, href: to(`${list}..`), more: spec.help ?? "" })
    }
  }
  return all
}

// The best first: those whose title begins with what was typed, then by title, then by where they are.
export function matching(all, typed) {
  const words = plain(typed).split(/\s+/).filter(Boolean)
  if (!words.length) return []
  const rated = all.map((one) => {
    const title = plain(one.title), rest = plain(`${one.where} ${one.more}`)
    if (!words.every((word) => title.includes(word) || rest.includes(word))) return null
    const inTitle = words.filter((word) => title.includes(word)).length
    const begins = words.filter((word) => title.startsWith(word) || title.includes(` ${word}`)).length
    return { one, points: 4 * inTitle + 2 * begins + (title.startsWith(words[0]) ? 1 : 0) }
  })
  const seen = new Set(), isNew = ({ one }) => !seen.has(one.title + one.where) && seen.add(one.title + one.where)
  return rated.filter(Boolean).sort((a, b) => b.points - a.points).filter(isNew).map(({ one }) => one)
}

export function Find({ doc }) {
  const [isOpen, open] = useState(false)
  useEffect(() => {
    const keys = (e) => {
      if (e.key.toLowerCase() !== "k" || !(e.ctrlKey || e.metaKey) || e.altKey || e.shiftKey) return
      e.preventDefault()
      open((was) => !was)
    }
    addEventListener("keydown", keys)
    return () => removeEventListener("keydown", keys)
  }, [])
  return html`<button type="button" class="find" aria-keyshortcuts="Control+K" aria-haspopup="dialog" onClick=${() => open(true)}>
    ${icon("find")}<span>Find</span><kbd aria-hidden="true">Ctrl K</kbd></button>
    ${isOpen ? html`<${Box} doc=${doc} onClose=${() => open(false)} />` : null}`
}

function Box({ doc, onClose }) {
  const box = useRef(), [typed, type] = useState(""), [at, go] = useState(0), all = useRef(null)
  all.current ??= places(doc)                                               // as it is when the box opens
  const found = matching(all.current, typed), shown = found.slice(0, SHOWN), here = Math.min(at, shown.length - 1)
  useLayoutEffect(() => {
    const dialog = box.current
    dialog.showModal()
    return () => dialog.close()
  }, [])
  const to = (href) => {
    onClose()
    closeSheet(box.current)
    if (href !== location.href) travel(href)
  }
  const keys = (e) => {
    if (e.isComposing) return
    if (e.key === "Enter" && shown[here]) { e.preventDefault(); to(shown[here].href) }
    const by = { ArrowDown: 1, ArrowUp: -1 }[e.key]
    if (!by || !shown.length) return
    e.preventDefault()
    go((here + by + shown.length) % shown.length)
  }
  const option = (one, n) => html`<li key=${one.title + one.where} id=${`found-${n}`} role="option" aria-selected=${String(n === here)}
      onPointerMove=${() => go(n)} onClick=${() => to(one.href)}><span dir="auto">${one.title}</span><span class="meta">${one.where}</span></li>`
  return html`<dialog class="finder" ref=${box} aria-label="Find" onClose=${onClose} onClick=${(e) => { if (e.target === box.current) onClose() }}>
    <div class="asked">${icon("find")}<input type="text" value=${typed} placeholder=${doc ? "A question, an entry, a page" : "A page or a setting"} autofocus autocomplete="off" dir="auto"
      role="combobox" aria-expanded=${String(shown.length > 0)} aria-controls="found" aria-label="Find" aria-activedescendant=${shown.length ? `found-${here}` : undefined}
      onInput=${(e) => { type(e.target.value); go(0) }} onKeyDown=${keys} /></div>
    <ul id="found" role="listbox" aria-label="Found">${shown.map(option)}</ul>
    <p class="meta" role="status">${told(typed, found.length)}</p></dialog>`
}

function told(typed, count) {
  if (!typed.trim()) return "Arrows choose, Enter leads there."
  if (!count) return "Nothing is called so. Try fewer words."
  return count > SHOWN ? `The first ${SHOWN} of ${count}` : ""
}
