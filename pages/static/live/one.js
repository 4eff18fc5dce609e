// One question at a time, large: answers by click and by key, back and on by arrows. Whoever uses it says what an answer does.
import { useEffect, useLayoutEffect, useRef } from "./vendor/hooks.js"
import { html } from "./html.js"
import { icon } from "./icons.js"

const isTyping = (el) => Boolean(el?.matches?.("input, textarea, select"))

// Focus inside shadow roots is that of the innermost element.
function focused() {
  let el = document.activeElement
  while (el?.shadowRoot?.activeElement) el = el.shadowRoot.activeElement
  return el
}

// Keys answer from anywhere on the page but from fields, menus and dialogs; Tab and Enter go on as everywhere.
function useKeys(box, options, choose, back, next) {
  // At once: a quick key must never answer the question before.
  useLayoutEffect(() => {
    const press = (e) => {
      if (e.defaultPrevented || e.ctrlKey || e.metaKey || e.altKey || isTyping(focused())) return
      if (e.composedPath().some((el) => el.matches?.("[role=dialog], [role=menu], .pop"))) return
      const isRtl = getComputedStyle(box.current).direction === "rtl"
      const found = options.find((o) => o.key.toLowerCase() === e.key.toLowerCase())
      const onward = isRtl ? "ArrowLeft" : "ArrowRight", backward = isRtl ? "ArrowRight" : "ArrowLeft"
      const buttons = [...box.current.querySelectorAll("[role=radio]")], at = buttons.indexOf(focused())
      if (found) choose(found.id)
      else if (e.key === onward && next) next()
      else if (e.key === backward && back) back()
      else if (e.key === "ArrowDown" || e.key === "ArrowUp") {
        const by = e.key === "ArrowDown" ? 1 : -1
        buttons.at(at < 0 ? (by > 0 ? 0 : -1) : (at + by + buttons.length) % buttons.length).focus()
      } else return
      e.preventDefault()
    }
    addEventListener("keydown", press)
    return () => removeEventListener("keydown", press)
  })
}

// `dots`: the state of each question, and which one this is; without, nothing tells how many there are. `led`: a number that tells
// one arrival from the next. `isQuiet`: the page has another filled button.
export function One({ id, ask, help, source, said, options, chosen, choose, back, next, dots, at, who = [], off, isQuiet = false, children, foot, led }) {
  const box = useRef(), heading = useRef(), last = useRef(id)
  useKeys(box, off ? [] : options, choose, back, next)
  // Whoever goes on hears the new question; whoever comes to the page stays at its top.
  useEffect(() => {
    if (last.current === id) return
    last.current = id
    heading.current.focus({ preventScroll: true })
  }, [id])
  useEffect(() => { if (led) heading.current.focus({ preventScroll: true }) }, [led])
  const reached = options.some((o) => o.id === chosen) ? chosen : options[0].id
  return html`<section class="one" ref=${box} aria-labelledby="one-ask">
    ${dots ? html`<div class="meta one-at"><span class="p8" aria-hidden="true">${dots.map((state, i) =>
      html`<i key=${i} class="${state} ${i === at ? "now" : ""}"></i>`)}</span>${said}</div>` : html`<p class="meta one-at">${said}</p>`}
    <h2 class="bigq" id="one-ask" ref=${heading} tabindex="-1">${ask}</h2>
    ${help ? html`<p class="lead">${help}</p>` : null}
    ${source ? html`<p class="meta">${source}</p>` : null}
    <div class="answers" role="radiogroup" aria-labelledby="one-ask">${options.map((o) => html`
      <button key=${o.id} type="button" role="radio" class="an ${o.dashed ? "dashed" : ""}" aria-checked=${String(o.id === chosen)}
        tabindex=${o.id === reached ? 0 : -1} aria-keyshortcuts=${o.key} disabled=${off} onClick=${() => choose(o.id)}>
        ${icon(o.id === chosen ? "done" : "ring")}<span class="grow"><span dir="auto">${o.label}</span>
          ${o.note ? html` <span class="meta">${o.note}</span>` : null}</span><span class="kbd" aria-hidden="true">${o.key}</span></button>`)}</div>
    ${who.length ? html`<p class="meta" role="status">${who.map((p) => p.name || "Somebody").join(", ")} ${who.length > 1 ? "are" : "is"} here too.</p>` : null}
    ${children}
    <div class="one-ways">${back ? html`<button type="button" class="btn q" onClick=${back}>${icon("next", "dir back")}Back</button>` : null}
      <span class="grow"></span>${foot}
      ${next ? html`<button type="button" class="btn ${chosen && !isQuiet ? "p" : ""} big" onClick=${next}>${chosen ? "Next" : "Skip for now"}${icon("next", "dir")}</button>` : null}</div>
  </section>`
}
