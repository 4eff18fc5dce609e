// Where the data comes from, as a picture: sources at the start, steps in the order in which they read each other, the set at the end.
// It is drawn from what the steps say they read; on a phone it runs from top to bottom and says so in words.
import { useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { follow, placeHref } from "./address.js"
import { UNKNOWN, root } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { go, opened } from "./nav.js"
import { named } from "./words.js"

const STEPS = "pipelines", SOURCES = "sources", SET = "set"
const typed = (doc, part, id, name) => { const { raw } = doc.field(`${part}/${STEPS}/${id}/${name}`); return raw === UNKNOWN ? "" : raw }
const chosen = (doc, part, id, name, there) => typed(doc, part, id, name).split("|").filter((one) => there.has(one))

// Steps with what they read and how far they are from the sources. Steps that read each other in a circle stand where they are met first.
export function flow(doc, part) {
  const sources = new Set(doc.list(part, SOURCES).value), ids = doc.list(part, STEPS).value, there = new Set(ids)
  const steps = new Map(ids.map((id) => [id, { id, sources: chosen(doc, part, id, "reads_sources", sources), steps: chosen(doc, part, id, "reads_steps", there).filter((one) => one !== id) }]))
  const depth = (id, seen = new Set()) => {
    if (seen.has(id)) return 0
    const { steps: reads } = steps.get(id), path = new Set([...seen, id])
    return 1 + Math.max(0, ...reads.map((one) => depth(one, path)))
  }
  for (const step of steps.values()) step.depth = depth(step.id)
  const all = [...steps.values()], read = new Set(all.flatMap((step) => step.steps))
  return { steps: all, sources: [...sources].filter((id) => all.some((step) => step.sources.includes(id))), last: all.filter((step) => !read.has(step.id) && (step.sources.length || step.steps.length)).map((step) => step.id) }
}

export function Flow({ doc, data: { part } }) {
  const { steps, sources, last } = flow(doc, part), box = useRef(), [lines, setLines] = useState([])
  const edges = [...steps.flatMap((step) => [...step.sources.map((id) => [`${SOURCES}/${id}`, `${STEPS}/${step.id}`]), ...step.steps.map((id) => [`${STEPS}/${id}`, `${STEPS}/${step.id}`])]), ...last.map((id) => [`${STEPS}/${id}`, SET])]
  const drawn = JSON.stringify([edges, steps.map((step) => [step.id, step.depth])])
  useLayoutEffect(() => {
    const el = box.current
    if (!el) return
    const draw = () => setLines(measured(el, edges))
    const watch = new ResizeObserver(draw)
    watch.observe(el)
    draw()
    return () => watch.disconnect()
  }, [drawn])
  if (!steps.length) return null
  const columns = Math.max(...steps.map((step) => step.depth)), loose = steps.filter((step) => !step.sources.length && !step.steps.length)
  return html`<section class="flowside" aria-labelledby="flow-title"><h2 id="flow-title">From source to training set</h2>
    <div class="flow" ref=${box}><svg class="edges" aria-hidden="true">${lines.map((d, n) => html`<path key=${n} d=${d} />`)}</svg>
      <div class="col">${sources.map((id) => html`<${Source} key=${id} doc=${doc} part=${part} id=${id} />`)}</div>
      ${Array.from({ length: columns }, (_, n) => html`<div class="col" key=${n}>${steps.filter((step) => step.depth === n + 1).map((step) => html`
        <${Node} key=${step.id} doc=${doc} part=${part} step=${step} />`)}</div>`)}
      <div class="col"><div class="node end" data-node=${SET}><b>What the model sees</b><span class="meta">${last.map((id) => typed(doc, part, id, "makes")).filter(Boolean).join(", ")}</span></div></div></div>
    ${loose.map((step) => html`<p class="banner calm" key=${step.id}>${icon("info")}<span class="grow"><bdi>“${named(doc, part, STEPS, step.id)}”</bdi> reads nothing yet, so nobody can say where its data comes from.</span>
      <button class="btn sm" onClick=${() => go(STEPS, step.id)}>Say what it reads</button></p>`)}</section>`
}

function Source({ doc, part, id }) {
  const href = placeHref(root, doc, part, `${SOURCES}.${id}.`)
  return html`<a class="node source" data-node=${`${SOURCES}/${id}`} href=${href} onClick=${follow} dir="auto">${named(doc, part, SOURCES, id)}</a>`
}

function Node({ doc, part, step }) {
  const { id } = step, breaks = typed(doc, part, id, "breaks"), monitors = new Set(doc.list("rollout", "monitors").value)
  const seen = chosen(doc, part, id, "monitors", monitors), isOpen = opened.value === `${STEPS}/${id}`
  const from = [...step.sources.map((one) => named(doc, part, SOURCES, one)), ...step.steps.map((one) => named(doc, part, STEPS, one))]
  const watching = seen.map((one) => named(doc, "rollout", "monitors", one)).join(", ")
  return html`<button class="node ${isOpen ? "sel" : ""}" data-node=${`${STEPS}/${id}`} aria-haspopup="dialog" onClick=${() => go(STEPS, id)}>
    <b dir="auto">${named(doc, part, STEPS, id)}</b>
    <span class="from meta">${from.length ? `reads ${from.join(", ")}` : "reads nothing yet"}</span>
    ${breaks ? html`<span class="meta" dir="auto">${breaks}</span>` : html`<span class="chip open">what breaks in it?</span>`}
    ${seen.length ? html`<span class="chip yes" title=${watching}>${icon("tick", "s")}seen by ${seen.length === 1 ? "a monitor" : `${seen.length} monitors`}<span class="off">: ${watching}</span></span>`
      : html`<span class="chip open">no monitor sees it</span>`}</button>`
}

// The lines as they lie between the boxes; none where the boxes stand below each other.
function measured(el, edges) {
  if (getComputedStyle(el).flexDirection === "column") return []
  const frame = el.getBoundingClientRect(), isRtl = getComputedStyle(el).direction === "rtl"
  const boxOf = (name) => el.querySelector(`[data-node="${name}"]`)?.getBoundingClientRect()
  return edges.flatMap(([from, to]) => {
    const a = boxOf(from), b = boxOf(to)
    if (!a || !b) return []
    const x1 = (isRtl ? a.left : a.right) - frame.left, x2 = (isRtl ? b.right : b.left) - frame.left, middle = (x1 + x2) / 2
    const y1 = a.top + a.height / 2 - frame.top, y2 = b.top + b.height / 2 - frame.top
    return [`M${x1} ${y1}C${middle} ${y1} ${middle} ${y2} ${x2} ${y2}`]
  })
}
