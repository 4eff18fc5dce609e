import { html } from "./html.js"

// What is still open: made once by the save itself, and told with it.
export function Panel({ doc, data }) {
  const d = doc.derived.value[data.part] || { progress: [0, 0, 1], findings: [] }, [done, unknown, total] = d.progress
  return html`<aside class="beside" aria-label="Still open"><strong>${done} of ${total} answered${unknown ? `, ${unknown} not known yet` : ""}</strong><progress max=${total || 1} value=${done}></progress>
    ${doc.people.value.length ? html`<p class="people">${doc.people.value.map((p) => html`<span class="chip who" key=${p.tab}>${p.name || "Somebody"}</span>`)} here too</p>` : null}
    ${doc.state.value === "away" ? html`<p class="wrong" role="status">No connection. What you type is kept on this device.</p>` : null}
    <ul>${d.findings.slice(0, 8).map(([severity, message]) => html`<li class=${severity} key=${message}>${message}</li>`)}</ul>${d.findings.length > 8 ? `and ${d.findings.length - 8} more` : ""}</aside>`
}
