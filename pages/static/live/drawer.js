import { useLayoutEffect, useRef } from "./vendor/hooks.js"
import { html } from "./html.js"
import { go, opened } from "./nav.js"
import { Sheet } from "./sheet.js"

export function Drawer({ doc, part, list, ids, about }) {
  const [at, id] = opened.value.split("/"), shown = at === list && (ids.includes(id) || doc.drafted(part, list, id)), ref = useRef(), from = useRef()
  useLayoutEffect(() => {
    const el = ref.current
    if (!el || !shown) return
    from.current = id; const scope = el.getRootNode()
    if (!el.matches(":popover-open")) { el.showPopover(); el.querySelector("textarea,select,button")?.focus({ preventScroll: true }) }
    const kept = document.title; document.title = doc.title(part, list, id)
    return () => { document.title = kept; requestAnimationFrame(() => { if (!scope.activeElement) scope.querySelector(`[data-id="${from.current}"]`)?.focus() }) }
  }, [shown, id])
  if (!shown) return at === list && id && doc.state.value === "ready" ? html`<p class="hint" role="status">The entry in this address was removed.</p>` : null
  const step = (by) => { const next = ids[ids.indexOf(id) + by]; if (next) go(list, next) }
  const drop = () => { doc.rows(part, [{ list, record: id, remove: true }]); go() }
  return html`<div class="drawer" popover="manual" ref=${ref} role="dialog" aria-label=${about.singular} onKeyDown=${(e) => { if (e.key === "Escape") { e.stopPropagation(); go() } }}>
    <div class="bar"><h2 dir="auto">${doc.title(part, list, id)}</h2><button onClick=${() => step(-1)} aria-label="Previous">↑</button><button onClick=${() => step(1)} aria-label="Next">↓</button><button onClick=${drop}>Remove</button><button onClick=${() => go()} aria-label="Close">✕</button></div>
    <${Sheet} key=${id} doc=${doc} data=${{ part, list, record: id }} /></div>`
}
