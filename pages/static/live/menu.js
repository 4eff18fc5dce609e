// What can be done to an open record, behind three dots.
import { useRef, useState } from "./vendor/hooks.js"
import { offers } from "./becoming.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { go } from "./nav.js"

export async function copyLink(rec) {
  try {
    await navigator.clipboard.writeText(location.href)
    rec.say("Link copied")
  } catch {
    rec.say("This browser does not allow copying; take the address of the page")
  }
}

export function Menu({ rec, id, place, writes }) {
  const [isOpen, show] = useState(false), box = useRef(), last = rec.ids.value.length - 1
  const items = [
    ...(writes ? offers(rec, id) : []),
    writes && ["Duplicate", () => go(rec.list, rec.duplicate(id))],
    writes && place > 0 && ["Move up", () => rec.step(id, -1)],
    writes && place < last && ["Move down", () => rec.step(id, 1)],
    writes && (rec.isLasting(id) ? ["Answer it", () => rec.remove([id])] : ["Remove", () => { rec.remove([id]); go() }, "danger"]),
  ].filter(Boolean)
  const keys = (e) => {
    if (!isOpen || !["Escape", "ArrowUp", "ArrowDown"].includes(e.key)) return
    e.preventDefault()
    e.stopPropagation()
    const all = [...box.current.querySelectorAll("button")]
    if (e.key === "Escape") { show(false); all[0].focus() }
    else all[all.indexOf(e.target) + (e.key === "ArrowUp" ? -1 : 1)]?.focus()
  }
  const leave = (e) => { if (!e.currentTarget.contains(e.relatedTarget)) show(false) }
  const item = ([label, does, look = ""]) => {
    const choose = () => { show(false); does() }
    return html`<button key=${label} class="item ${look}" onClick=${choose}>${label}</button>`
  }
  if (!items.length) return null
  return html`<span class="menu" ref=${box} onFocusOut=${leave} onKeyDown=${keys}>
    <button class="btn q ico" aria-label="More" aria-expanded=${String(isOpen)} onClick=${() => show(!isOpen)}>
      ${icon("more")}</button>
    ${isOpen ? html`<span class="items">${items.map(item)}</span>` : null}</span>`
}
