// One record in full, beside its list: name, fields, its place, who is here, what happened to it. It has an address of its own.
import { useEffect, useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { arrival } from "./address.js"
import { Linked } from "./becoming.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { copyLink, Menu } from "./menu.js"
import { go, opened } from "./nav.js"
import { AboutMilestone, AboutMonitor } from "./noting.js"
import { Past } from "./past.js"
import { called, initials, isIn } from "./people.js"
import { PHONE } from "./phone.js"
import { ARCHIVED } from "./rows.js"
import { REACHED, Sheet } from "./sheet.js"
import { ago } from "./times.js"
import { capital } from "./words.js"

// What stands under the name of a record beside its questions.
const ABOUT = { "milestones/milestones": AboutMilestone, "rollout/monitors": AboutMonitor }
const CONTROLS = "input, textarea, select"
const REACHED_BY_TAB = "button, input, textarea, select, summary, a[href]"

export function Drawer({ rec, archived }) {
  const [list, id] = opened.value.split("/"), isOurs = list === rec.list && Boolean(id), isThere = rec.ids.value.includes(id)
  // What was open when somebody removed it stays open, with its text; an address of something long gone opens nothing.
  const seen = useRef(""), gone = useGone(rec, id)
  if (!isOurs) seen.current = ""
  else if (isThere) seen.current = id
  if (!isOurs || rec.doc.state.value === "loading") return null
  if (isThere || seen.current === id || rec.doc.drafted(rec.part, rec.list, id)) {
    return html`<${Open} rec=${rec} id=${id} isThere=${isThere} gone=${gone} archived=${archived} />`
  }
  return html`<p class="hint" role="status">What this address opens was removed, or is not here.
    <button class="linkb" onClick=${() => go()}>Show the list</button></p>`
}

// Who removed the open record, and when: {id, by, at}; null while nobody did.
function useGone(rec, id) {
  const [gone, set] = useState(null)
  useEffect(() => {
    const hear = ({ part, gone: rows = [], by, at }) => {
      if (part === rec.part && rows.some(([list, one]) => list === rec.list && one === id)) set({ id, by, at })
    }
    rec.doc.ears.add(hear)
    return () => rec.doc.ears.delete(hear)
  }, [rec, id])
  return gone?.id === id ? gone : null
}

// The tab of the browser is called after what is open. A page that runs meanwhile writes its own name: that is kept for later.
function useTitle(name) {
  const title = name.replace(/\s+/g, " ").trim()                           // as the browser reads it back
  const own = useRef(document.title), wanted = useRef(title)
  wanted.current = title
  useEffect(() => {
    const write = () => {
      if (document.title === wanted.current) return
      own.current = document.title
      document.title = wanted.current
    }
    const watch = new MutationObserver(write), element = document.querySelector("title")
    if (element) watch.observe(element, { childList: true, characterData: true, subtree: true })
    return () => { watch.disconnect(); document.title = own.current }
  }, [])
  useEffect(() => { document.title = title }, [title])
}

// In front of everything while it is there. Afterwards the focus goes back to the row, unless the person has gone elsewhere.
function useInFront(box, id) {
  const last = useRef(id)
  last.current = id
  useLayoutEffect(() => {
    const scope = box.current.getRootNode()
    box.current.showPopover()
    document.documentElement.toggleAttribute("data-drawer", true)           // the page makes room
    return () => {
      document.documentElement.toggleAttribute("data-drawer", false)
      requestAnimationFrame(() => requestAnimationFrame(() => {
        if (scope.activeElement || ![document.body, scope.host].includes(document.activeElement)) return
        scope.querySelector(`button[data-id="${last.current}"], [data-note]`)?.focus()
      }))
    }
  }, [])
}

// Escape closes from anywhere, but not while it means something nearer: a field, a dialog in front.
function useEscape(box) {
  useEffect(() => {
    const close = (e) => {
      if (e.key !== "Escape" || e.defaultPrevented || e.isComposing) return
      const isNearer = e.composedPath().some((el) => el.matches?.(`[role=dialog], ${CONTROLS}`))
      if (!isNearer) go()
    }
    addEventListener("keydown", close)
    return () => removeEventListener("keydown", close)
  }, [])
}

// A full screen has nothing behind it that could be reached by Tab.
function trap(e, box) {
  const isReached = (el) => !el.disabled && el.tabIndex >= 0 && el.getClientRects().length
  const all = [...box.querySelectorAll(REACHED_BY_TAB)].filter(isReached)
  const at = box.getRootNode().activeElement, [from, to] = e.shiftKey ? [all[0], all.at(-1)] : [all.at(-1), all[0]]
  if (at !== from && (all.includes(at) || !e.shiftKey)) return
  e.preventDefault()
  to.focus()
}

function Open({ rec, id, isThere, gone, archived }) {
  const { doc, part, list, about } = rec, ids = rec.ids.value, name = rec.named(id), box = useRef(), heading = useRef(), About = ABOUT[`${part}/${list}`]
  const at = `${part}/${list}/${id}`, who = doc.people.value.filter((p) => isIn(p, at))
  // Of a record that was removed, the place where it stood.
  const place = useRef(0)
  if (isThere) place.current = ids.indexOf(id)
  useTitle(`${name} · ${about.title}`)
  useInFront(box, id)
  useEscape(box)
  const focusName = () => heading.current.focus({ preventScroll: true })
  useLayoutEffect(() => {
    box.current.scrollTop = 0
    doc.at(at)
    const isLed = arrival.peek()?.record === id, isNew = rec.made.has(id) && !rec.firstIsText
    // What a new entry says at once is answered already.
    if (isNew) box.current.querySelector(`.sheet .q.blank :is(${REACHED})`)?.focus({ preventScroll: true })
    else if (!isLed && !box.current.contains(box.current.getRootNode().activeElement)) focusName()
  }, [id])
  useEffect(() => () => doc.at(""), [])
  const before = ids[place.current - 1], after = ids[place.current + (isThere ? 1 : 0)]
  const turn = (to) => { if (to) { go(list, to); focusName() } }
  const keys = (e) => {
    if (e.isComposing) return
    if (e.key === "Escape") { e.preventDefault(); e.stopPropagation(); go() }
    else if (e.key === "Tab" && PHONE.matches) trap(e, box.current)
    else if (["ArrowUp", "ArrowDown"].includes(e.key) && !e.altKey && !e.target.matches?.(CONTROLS)) {
      e.preventDefault()
      turn(e.key === "ArrowUp" ? before : after)
    }
  }
  return html`<div class="drawer ${rec.firstIsText ? "named" : ""}" popover="manual" ref=${box} role="dialog" onKeyDown=${keys}
      aria-label=${`${capital(about.singular)}: ${name}`} aria-modal=${PHONE.matches ? "true" : undefined}>
    <div class="dtop">
      <button class="btn q ico" aria-label="Previous" disabled=${!before} onClick=${() => turn(before)}>${icon("up")}</button>
      <button class="btn q ico" aria-label="Next" disabled=${!after} onClick=${() => turn(after)}>${icon("down")}</button>
      <span class="meta" dir="ltr">${isThere ? `${place.current + 1} of ${ids.length.toLocaleString("en")}` : "removed"}</span>
      <span class="end"></span>
      ${who.map((p) => html`<${Here} key=${p.tab} person=${p} />`)}
      <button class="btn q ico" aria-label="Copy the link" onClick=${() => copyLink(rec)}>${icon("link")}</button>
      <${Menu} rec=${rec} id=${id} place=${place.current} writes=${isThere && !archived} />
      <button class="btn q ico" aria-label="Close" onClick=${() => go()}>${icon("close")}</button></div>
    ${isThere ? null : html`<${Removed} rec=${rec} id=${id} gone=${gone} place=${place.current} archived=${archived} />`}
    ${archived ? html`<p class="hint">${ARCHIVED}</p>` : null}
    <h2 dir="auto" tabindex="-1" ref=${heading}>${name}</h2>
    <${Sheet} key=${id} doc=${doc} data=${{ part, list, record: id }} quiet
      under=${About && isThere ? html`<${About} key=${id} doc=${doc} id=${id} archived=${archived} />` : null} />
    <${Linked} rec=${rec} id=${id} />
    <${Past} key=${`past ${id}`} rec=${rec} id=${id} /></div>`
}

const Here = ({ person }) => html`<span class="av s c${person.colour}" role="img" title=${`${called(person)} is here`}
  aria-label=${`${called(person)} is here`}>${initials(person.name) || "?"}</span>`

function Removed({ rec, id, gone, place, archived }) {
  const when = gone ? `, ${ago(gone.at, rec.doc.skew)}` : ""
  return html`<div class="banner" role="alert">
    <span class="grow"><bdi>${gone?.by || "Somebody"}</bdi> removed this ${rec.about.singular}${when}.
      Its text is still here.</span>
    ${archived ? null : html`<button class="btn sm" onClick=${() => rec.revive(id, place)}>Bring it back</button>`}</div>`
}
