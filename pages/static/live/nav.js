import { useEffect, useState } from "./vendor/hooks.js"
import { signal } from "./vendor/signals.js"
import { root } from "./doc.js"
import { html } from "./html.js"

export const opened = signal("")                                            // "list/record" of the drawer, as the address has it
const look = () => { opened.value = new URLSearchParams(location.search).get("open") || "" }
addEventListener("address", look); look()
export function go(list, record) {
  const u = new URL(location.href)
  record ? u.searchParams.set("open", `${list}/${record}`) : u.searchParams.delete("open")
  if (u.href !== location.href) history.pushState({}, "", u.href.replaceAll("%2F", "/"))
}

export function travel(href) { history.pushState({}, "", href); const e = new PopStateEvent("popstate"); e.forced = true; dispatchEvent(e) }
export function Nav({ doc, data }) {
  const [path, setPath] = useState(location.pathname)
  useEffect(() => { const on = () => setPath(location.pathname); addEventListener("address", on); return () => removeEventListener("address", on) }, [])
  const click = (e) => { if (e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return; e.preventDefault(); if (e.currentTarget.href !== location.href) travel(e.currentTarget.href) }
  return html`<nav aria-label="Steps"><p class="hint" dir="auto">${doc.name.value}</p>${data.pages.map(([slug, title, part]) => {
    const p = doc.derived.value[part]?.progress, href = `${root}${slug}?project=${doc.project}`
    return html`<a key=${slug} href=${href} aria-current=${path === new URL(href).pathname ? "page" : undefined} onClick=${click}><span>${title}</span>${p && p[0] < p[2] ? html`<span class="chip">${p[0]}/${p[2]}</span>` : null}</a>` })}</nav>`
}

export function Tabs({ data }) {
  const [now, setNow] = useState(location.href)
  useEffect(() => { const on = () => setNow(location.href); addEventListener("address", on); return () => removeEventListener("address", on) }, [])
  const at = new URL(now).searchParams.get("tab") || data.tabs[0][0]
  const to = (slug) => { const u = new URL(now); u.searchParams.set("tab", slug); u.searchParams.delete("open"); return u.href }
  const click = (e) => { if (e.button || e.ctrlKey || e.metaKey || e.shiftKey || e.altKey) return; e.preventDefault(); travel(e.currentTarget.href) }
  return html`<nav class="tabs" aria-label="Parts of this step">${data.tabs.map(([slug, title]) => html`<a key=${slug} href=${to(slug)} aria-current=${slug === at ? "page" : undefined} onClick=${click}>${title}</a>`)}</nav>`
}
