// Check-ins: how it is going in a colour and two lines, the newest first; one is written in two minutes on a phone.
import { useEffect, useRef, useState } from "./vendor/hooks.js"
import { newId, UNKNOWN } from "./doc.js"
import { Face } from "./face.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { go } from "./nav.js"
import { dayWords, today } from "./times.js"

const PART = "milestones", LIST = "checkins", FIRST = 10
const PACES = [["on_track", "On track", "on_track"], ["at_risk", "At risk", "at_risk"], ["off_track", "Off track", "late"]]
const ASKED = [["changed", "What happened"], ["coming", "What is next"], ["help_needed", "What do you ask of whom"]]
const of = (doc, id, name) => doc.cell(`${PART}/${LIST}/${id}/${name}`).value

export const newest = (doc) => {
  const day = (id) => String(of(doc, id, "held_on").value || "")
  const ids = doc.list(PART, LIST).value
  return ids.map((id, at) => [day(id), at, id]).sort(([a, m], [b, n]) => (a === b ? n - m : a < b ? 1 : -1)).map(([, , id]) => id)
}

export function Feed({ doc, archived }) {
  const ids = newest(doc), [most, setMost] = useState(FIRST)
  return html`<section class="feed" aria-label="Check-ins"><h2>Check-ins</h2>
    ${archived ? null : html`<${Composer} doc=${doc} />`}
    ${ids.length ? null : html`<p class="meta">Nobody has checked in yet. Two minutes a week are enough.</p>`}
    ${ids.slice(0, most).map((id) => html`<${Said} key=${id} doc=${doc} id=${id} archived=${archived} />`)}
    ${ids.length > most ? html`<button class="btn q" onClick=${() => setMost(most + 50)}>Show ${Math.min(50, ids.length - most)} earlier</button>` : null}</section>`
}

function Said({ doc, id, archived }) {
  const words = (name) => { const { typed } = of(doc, id, name); return typed === UNKNOWN ? "" : typed }
  const pace = PACES.find(([value]) => value === words("pace")), name = words("author").trim(), sure = words("confidence")
  const rest = [["Next", words("coming")], ["Asks", words("help_needed")], ["Could go wrong", words("risks")]].filter(([, text]) => text.trim())
  return html`<article class="said1"><${Face} name=${name} /><div class="grow">
    <div class="row"><b dir="auto">${name || "Somebody"}</b>${pace ? html`<span class="badge ${pace[2]}">${icon(pace[2], "s")}${pace[1]}</span>` : sure ? html`<span class="meta">${sure} of 5 sure of the next date</span>` : null}
      <time class="meta">${words("held_on") || "no date"}</time>${archived ? null : html`<button class="linkb meta edit" aria-label=${`Change the check-in of ${words("held_on")}`} onClick=${() => go(LIST, id)}>Change</button>`}</div>
    ${words("changed") ? html`<p dir="auto">${words("changed")}</p>` : null}
    ${rest.map(([label, text]) => html`<p key=${label} class="small"><span class="meta">${label}:</span> <span dir="auto">${text}</span></p>`)}</div></article>`
}

// What was begun stays on the device until it is sent or put away.
function useDraft(project) {
  const key = `checkin:${project}`
  const [draft, set] = useState(() => { try { return JSON.parse(localStorage.getItem(key)) || {} } catch { return {} } })
  const write = (next) => {
    set(next)
    try { Object.values(next).some(Boolean) ? localStorage.setItem(key, JSON.stringify(next)) : localStorage.removeItem(key) } catch { /* a private window: until it is closed */ }
  }
  return [draft, write]
}

function Composer({ doc }) {
  const [draft, write] = useDraft(doc.project), [isOpen, open] = useState(() => Object.values(draft).some(Boolean)), [wrong, setWrong] = useState(""), [said, setSaid] = useState("")
  const box = useRef(), name = doc.self.value?.name ?? "", put = (field, text) => { write({ ...draft, [field]: text }); setWrong("") }
  const unfold = () => { open(true); setSaid(""); setTimeout(() => box.current?.querySelector("textarea")?.focus()) }
  useEffect(() => {
    addEventListener("check-in", unfold)
    return () => removeEventListener("check-in", unfold)
  }, [])
  const away = () => { write({}); open(false); setWrong("") }
  const save = async () => {
    if (!Object.values(draft).some((text) => text?.trim())) { setWrong("Nothing is kept yet: say how it is going, or what happened."); return }
    const cells = { held_on: dayWords(today()), author: name, ...draft }
    const record = newId(), answer = await doc.rows(PART, [{ list: LIST, record, new: true, cells: Object.fromEntries(Object.entries(cells).filter(([, text]) => text).map(([k, text]) => [k, ["", text]])) }])
    if (answer?.ok === false || answer?.refused?.length) { setWrong(answer.error ?? answer.refused[0].error); return }
    write({}); open(false); setSaid("Checked in. Thank you.")
  }
  const keys = (e) => { if (e.key === "Enter" && (e.ctrlKey || e.metaKey)) { e.preventDefault(); save() } }
  const choose = (value) => { put("pace", draft.pace === value ? "" : value); if (!isOpen) unfold() }
  return html`<div class="composer ${isOpen ? "open" : ""}" ref=${box} onKeyDown=${keys}>
    <div class="how"><${Face} name=${name} />
      ${isOpen ? html`<span class="label grow" id="pace">How is it going?</span>` : html`<button class="ask grow" onClick=${unfold}>How is it going? Two lines are enough.</button>`}
      <span class="lights" role="group" aria-label="How is it going?">${PACES.map(([value, label, look]) => html`
        <button key=${value} class="light" aria-pressed=${String(draft.pace === value)} onClick=${() => choose(value)}><span class="badge ${look}">${icon(look, "s")}</span>${label}</button>`)}</span></div>
    ${isOpen ? html`${ASKED.map(([field, label]) => html`<label key=${field} class="q"><span class="label">${label}</span>
        <textarea class="control" rows="2" dir="auto" maxlength="10000" placeholder=${doc.spec(PART, LIST, field)?.example ? `e.g. ${doc.spec(PART, LIST, field).example}` : undefined} value=${draft[field] ?? ""} onInput=${(e) => put(field, e.target.value)}></textarea></label>`)}
      ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : null}
      <div class="row"><button class="btn p" onClick=${save}>Check in</button><button class="btn q" onClick=${away}>Put it away</button></div>` : null}
    <p class="meta thanks" role="status">${said}</p></div>`
}
