// A button with what it offers below it: closed by Escape, by a choice, and by going elsewhere.
import { useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { html } from "./html.js"

const REACHED = "a[href], button", EDGE = 8, LEAST = 160

// One that does something, and closes the list.
export const item = (label, does, look = "") => (close) => html`<button type="button" class="item ${look}" onClick=${() => { close(); does() }}>${label}</button>`

// Keeps a list inside the window: moved sideways, above its button where there is no room below, and scrolling where it is longer.
function fit(list, button) {
  const own = list.getBoundingClientRect(), at = button.getBoundingClientRect(), { clientWidth: width, clientHeight: height } = document.documentElement
  const over = at.top - 2 * EDGE, under = height - own.top - EDGE, isBelow = own.top >= at.top && (under >= Math.min(own.height, LEAST) || under > over)
  if (!isBelow) Object.assign(list.style, { top: "auto", bottom: `calc(100% + ${EDGE / 2}px)` })
  list.style.translate = `${Math.max(EDGE - own.left, Math.min(0, width - EDGE - own.right))}px 0`
  list.style.maxHeight = `${isBelow ? under : over}px`
}

// `items` are functions of `close`; what they return stands in the list.
export function Popup({ label, face, look = "", items }) {
  const [isOpen, show] = useState(false), box = useRef(), list = useRef()
  useLayoutEffect(() => { if (isOpen) fit(list.current, box.current) }, [isOpen])
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
    ${isOpen ? html`<ul class="offer" ref=${list}>${items.map((item, n) => html`<li key=${n}>${item(close)}</li>`)}</ul>` : null}</span>`
}
