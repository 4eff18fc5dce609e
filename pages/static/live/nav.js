// The sidebar as one element: real links, the state of each step, who is where, one's own name. And tabs, which are links too.
import { useRef, useState } from "./vendor/hooks.js"
import { address, follow, go, opened, pageHref, pageOf } from "./address.js"
import { root } from "./doc.js"
import { Face } from "./face.js"
import { Find } from "./find.js"
import { Badge, isUnsigned } from "./health.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { called, isIn } from "./people.js"
import { sendOnce } from "./server.js"

export { go, opened }

function Link({ page, project, picture, look = "", state = "", note = "", children, who = [] }) {
  const isHere = pageOf(address.value) === page
  return html`<a class=${look} href=${pageHref(root, page, project)} aria-current=${isHere ? "page" : undefined} onClick=${follow}>${icon(picture)}
    <span>${children}${state ? html`<span class="off">, ${state}</span>` : null}</span>${note ? html`<span class="c">${note}</span>` : null}<${Dots} who=${who} /></a>`
}

// The people at a step.
function Dots({ who }) {
  if (!who.length) return null
  const names = who.map(called).join(", ")
  return html`<span class="dots" title=${names}>${who.slice(0, 3).map((p) => html`<i key=${p.tab} class="c${p.colour}"></i>`)}<span class="off">, here: ${names}</span></span>`
}

function Step({ doc, slug }) {
  const about = doc.schema[slug], isDone = doc.derived.value?.parts[slug]?.done, who = doc.people.value.filter((p) => isIn(p, slug))
  return html`<${Link} page=${about.page ?? slug} project=${doc.project} picture=${isDone ? "done" : "ring"} look=${isDone ? "done" : ""} who=${who}
    state=${isDone ? "nothing open" : "something needed to sign"}>${about.title}<//>`
}

function Project({ doc }) {
  const { derived } = doc, here = (part) => doc.people.value.filter((p) => isIn(p, part)), spans = derived.value.health
  const isToCome = isUnsigned(spans)
  return html`<div class="project"><b dir="auto">${doc.name.value}</b><${Badge} spans=${spans} /></div>
    <nav aria-label="This project"><${Link} page="home" project=${doc.project} picture="home" who=${here("project")}>Home<//></nav>
    <p class="sec" id="steps">Scope</p>
    <nav aria-labelledby="steps">${Object.keys(doc.schema).filter((slug) => slug !== "project").map((slug) => html`<${Step} key=${slug} doc=${doc} slug=${slug} />`)}</nav>
    <p class="sec" id="outcome">Agree and run</p>
    <nav aria-labelledby="outcome"><${Link} page="charter" project=${doc.project} picture="charter">Charter<//>
      <${Link} page="run" project=${doc.project} picture="run" look=${isToCome ? "later" : ""} note=${isToCome ? "after signing" : ""}>Run<//></nav>`
}

// The name that stands beside one's changes, kept for this browser.
function Name({ doc, data }) {
  const self = doc?.self.value, [given, setGiven] = useState(null), [wrong, setWrong] = useState("")
  const name = given ?? (self?.name || data.me || ""), [typed, setTyped] = useState(null)
  const save = async ({ target }) => {
    const text = target.value.trim()
    setTyped(null)
    if (text === name) return
    const answer = await sendOnce("name", { name: text })
    setWrong(answer.ok ? "" : answer.error)
    if (answer.ok) setGiven(text)
  }
  return html`<div class="me"><${Face} name=${name} colour=${self?.colour} />
    <label class="off" for="name">Your name</label>
    <input id="name" value=${typed ?? name} placeholder="Your name" maxlength="80" autocomplete="off" dir="auto" title="Kept for this browser. Every change carries it."
      aria-invalid=${wrong ? "true" : undefined} onInput=${(e) => setTyped(e.target.value)} onBlur=${save} onKeyDown=${(e) => { if (e.key === "Enter" && !e.isComposing) e.target.blur() }} />
    <${Cog} project=${data.project} />
    ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : null}</div>`
}

function Cog({ project }) {
  return html`<a class="btn q ico" href=${pageHref(root, "settings", project)} aria-label="Settings" aria-current=${pageOf(address.value) === "settings" ? "page" : undefined} onClick=${follow}>${icon("settings", "s")}</a>`
}

// For pages without a project too: then there is no document.
export function Nav({ doc, data }) {
  const isOpen = doc && doc.state.value !== "gone" && doc.schema && doc.derived.value
  return html`<div class="nav"><p class="brand"><span class="logo">${icon("brand")}</span>Scoping workbench</p>
    <${Find} doc=${isOpen ? doc : null} /><nav aria-label="All projects"><${Link} page="" project=${data.project} picture="projects">Projects<//></nav>
    ${isOpen ? html`<${Project} doc=${doc} />` : null}<${Name} doc=${doc} data=${data} /></div>`
}

// The tabs of a page; what is seldom looked at waits behind one menu.
export function Tabs({ doc, data }) {
  const { tabs, more = [] } = data, url = new URL(address.value)
  const asked = url.searchParams.get("tab"), at = [...tabs, ...more].some(([slug]) => slug === asked) ? asked : tabs[0][0]
  const hidden = doc?.derived.value?.parts[pageOf(address.value)]?.hidden ?? []   // what nothing calls for yet
  const to = (slug) => {
    const there = new URL(url)
    there.searchParams.set("tab", slug)
    for (const name of ["open", "at"]) there.searchParams.delete(name)
    return there.href
  }
  const link = ([slug, title]) => html`<a key=${slug} href=${to(slug)} aria-current=${slug === at ? "page" : undefined} onClick=${follow}>${title}</a>`
  return html`<div class="tabrow ${data.whole ? "whole" : ""}"><nav class="tabs" aria-label="Parts of this step">${tabs.filter(([slug]) => slug === at || !hidden.includes(slug)).map(link)}</nav>
    ${more.length ? html`<${More} key=${at} links=${more.map(link)} at=${more.find(([slug]) => slug === at)?.[1]} />` : null}</div>`
}

function More({ links, at }) {
  const box = useRef()
  const leave = (e) => { if (box.current && !e.currentTarget.contains(e.relatedTarget)) box.current.open = false }   // it may be taken away with the focus in it
  const keys = (e) => {
    if (e.key !== "Escape" || !box.current.open) return
    e.preventDefault()
    e.stopPropagation()
    box.current.open = false
    box.current.firstElementChild.focus()
  }
  return html`<details class="moretabs" ref=${box} onFocusOut=${leave} onKeyDown=${keys}><summary aria-current=${at ? "page" : undefined}>${at ?? "More"}${icon("down", "s")}</summary>
    <nav aria-label="More of this page">${links}</nav></details>`
}
