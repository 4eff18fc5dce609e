// A workbook for somebody who never opens the workbench: which steps are asked, and to whom it goes back.
import { useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { UNKNOWN } from "./doc.js"

// `href`: of the file, to which the choice is added.
export function ToFillIn({ doc, href, close }) {
  const box = useRef(), owner = doc.field("project///owner").raw, all = Object.keys(doc.schema).filter((slug) => slug !== "project")
  const isDue = (slug) => !doc.derived.value?.parts[slug]?.done
  const offered = [...all.filter(isDue), ...all.filter((slug) => !isDue(slug))], [steps, choose] = useState(() => all.filter(isDue)), [back, name] = useState(owner === UNKNOWN ? "" : owner)
  useLayoutEffect(() => {
    const dialog = box.current
    dialog.showModal()
    return () => dialog.close()
  }, [])
  const tick = (slug) => ({ target }) => choose(all.filter((other) => (other === slug ? target.checked : steps.includes(other))))
  return html`<dialog class="sheet-dialog" ref=${box} aria-labelledby="fill-title" onClose=${close} onClick=${(e) => { if (e.target === box.current) close() }}>
    <form method="dialog" onSubmit=${(e) => e.preventDefault()}><h2 id="fill-title">A workbook to fill in</h2>
      <p class="meta">Its first sheet says in plain words what to do, and the cells that wait for an answer are grey. When it comes back, every change is shown before you take it over.</p>
      <p class="label" id="fill-steps">Which steps are asked?</p>
      <div class="control ticks" role="group" aria-labelledby="fill-steps">${offered.map((slug) => html`<label class="tick" key=${slug}>
        <input type="checkbox" checked=${steps.includes(slug)} onChange=${tick(slug)} /><span>${doc.schema[slug].title} <span class="meta">${isDue(slug) ? "something is due" : "nothing is due"}</span></span></label>`)}</div>
      <label class="label" for="fill-back">Send it back to</label><input class="control" id="fill-back" dir="auto" maxlength="120" value=${back} placeholder="A name, or an address" onInput=${(e) => name(e.target.value)} />
      <p class="meta">The whole project travels along out of sight, so send it only to people who may know it.</p>
      <div class="row">${steps.length ? html`<a class="btn p" href=${`${href}&${new URLSearchParams({ steps, back: back.trim() })}`} download onClick=${() => setTimeout(close)}>${icon("download")}Download it</a>`
        : html`<button type="button" class="btn p" disabled>Choose a step first</button>`}<button type="button" class="btn q" onClick=${close}>Cancel</button></div></form></dialog>`
}
