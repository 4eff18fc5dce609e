// The menu of a project's card. Cards are drawn by the server, so one view looks after all of their buttons.
import { useEffect, useRef, useState } from "./vendor/hooks.js"
import { pageHref, travel } from "./address.js"
import { root } from "./doc.js"
import { html } from "./html.js"

const BUTTON = "button.more[data-project]"
const WIDE = 220

export function CardMenu({ emit }) {
  const [at, show] = useState(null), list = useRef()
  const close = (isDone = false) => { at?.button.setAttribute("aria-expanded", "false"); if (isDone) at?.button.focus(); show(null) }
  useEffect(() => {
    const press = (e) => {
      const button = e.target.closest?.(BUTTON)
      if (!button) return
      e.preventDefault()
      const place = button.getBoundingClientRect(), isLeftward = getComputedStyle(button).direction === "rtl"
      const left = isLeftward ? place.left : place.right - WIDE
      button.setAttribute("aria-expanded", "true")
      show({ button, left: Math.max(8, Math.min(left, innerWidth - WIDE - 8)), top: place.bottom + 4 })
    }
    const away = () => show(null)
    document.addEventListener("click", press)
    addEventListener("scroll", away, true)
    return () => { document.removeEventListener("click", press); removeEventListener("scroll", away, true) }
  }, [])
  useEffect(() => { list.current?.querySelector("button")?.focus() }, [at])
  if (!at) return null
  const { project, archived } = at.button.dataset
  const keys = (e) => {
    if (!["Escape", "ArrowUp", "ArrowDown"].includes(e.key)) return
    e.preventDefault()
    const all = [...list.current.querySelectorAll("button")], active = list.current.getRootNode().activeElement
    if (e.key === "Escape") close(true)
    else all[(all.indexOf(active) + (e.key === "ArrowUp" ? -1 : 1) + all.length) % all.length].focus()
  }
  const charter = () => { close(); travel(pageHref(root, "charter", project)) }
  const act = (what) => () => { close(); emit("act", { project, what }) }
  const items = archived === "1" ? [["Bring back from the archive", act("restore")]] : [["Duplicate", act("duplicate")], ["Archive", act("archive")]]
  return html`<ul class="cardmenu" role="menu" ref=${list} style=${{ left: `${at.left}px`, top: `${at.top}px`, width: `${WIDE}px` }} onKeyDown=${keys}
    onFocusOut=${(e) => { if (!e.currentTarget.contains(e.relatedTarget)) close() }}>
    ${[["Read or export the charter", charter], ...items].map(([label, does]) => html`<li key=${label} role="none"><button type="button" role="menuitem" onClick=${does}>${label}</button></li>`)}</ul>`
}
