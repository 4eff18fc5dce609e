// A button with what it offers below it: closed by Escape, by a choice, and by going elsewhere.
import { useRef, useState } from "./vendor/hooks.js"
import { html } from "./html.js"

const REACHED = "a[href], button"

// One that does something, and closes the list.
export const item = (label, does, look = "") => (close) => html`<button type="button" class="item ${look}" onClick=${() => { close(); does() }}>${label}</button>`

// `items` are functions of `close`; what they return stands in the list.
export function Popup({ label, face, look = "", items }) {
  const [isOpen, show] = useState(false), box = useRef()
  const close = () => show(false)
  const keys = (e) => {
    if (!isOpen || !["Escape", "ArrowUp", "ArrowDown"].includes(e.key)) return
    e.preventDefault()
    e.stopPropagation()
    const all = [...box.current.querySelectorAll(REACHED)]
    if (e.key === "Escape") { close(); all[0].focus() }
    else all[all.indexOf(e.target) + (e.key === "ArrowUp" ? -1 : 1)]?.focus()
  }
  const leave = (e) => { if (!e.currentTarget.contains(e.relatedTarget)) close() }
  return html`<span class="pop" ref=${box} onFocusOut=${leave} onKeyDown=${keys}>
    <button type="button" class="btn ${look}" aria-label=${label} aria-expanded=${String(isOpen)} onClick=${() => show(!isOpen)}>${face}</button>
    ${isOpen ? html`<ul class="offer">${items.map((item, n) => html`<li key=${n}>${item(close)}</li>`)}</ul>` : null}</span>`
}
