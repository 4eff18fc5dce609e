// Making a workshop: who leads, how long, and when. Everything else has a usual answer.
import { useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { roomHref, travel } from "./address.js"
import { root } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { sendOnce } from "./server.js"
import { dayWords, isoOf, today } from "./times.js"

const LENGTHS = [["full", "90 minutes"], ["short", "45 minutes"], ["series", "Several days"]]
const SIDES = [["business", "Business"], ["technical", "Technical"]]
const RIGHT = ["", ""]                                                     // which field is wrong, and why
const TIME = /^([01]?\d|2[0-3])[:.]([0-5]\d)$/

// `before`: the workshop from whose open points this one starts; null for the first.
export function StartWorkshop({ doc, before, close }) {
  const box = useRef(), known = doc.self.peek()?.name ?? "", [name, setName] = useState(known), [side, setSide] = useState(""), [length, setLength] = useState("full")
  const [day, setDay] = useState(""), [time, setTime] = useState(""), [[at, wrong], setWrong] = useState(RIGHT), [isBusy, setBusy] = useState(false)
  useLayoutEffect(() => {
    const dialog = box.current
    dialog.showModal()
    return () => dialog.close()
  }, [])
  const make = async (path, body) => {
    setBusy(true)
    const answer = await sendOnce(path, body)
    setBusy(false)
    if (answer.ok === false) { setWrong(["", answer.error]); return }
    close()
    travel(roomHref(root, answer.project ?? doc.project, answer.id))
  }
  const leader = { name: name.trim(), side }
  const whoLacks = () => (!name.trim() ? ["name", "Write your name: you lead the workshop."] : !side ? ["side", "Choose for whom you speak: business or technical."] : null)
  const tryAlone = () => {
    const lack = whoLacks()
    if (lack) setWrong(lack)
    else make("try", leader)
  }
  const start = (e) => {
    e.preventDefault()
    const lack = whoLacks(), iso = day.trim() ? isoOf(day) : time.trim() ? today() : "", hour = TIME.exec(time.trim() || "9:00")
    if (lack) { setWrong(lack); return }
    if (day.trim() && !iso) { setWrong(["when", "Write the day like 12 Feb 2027, or leave it empty."]); return }
    if (!hour) { setWrong(["when", "Write the time like 14:00."]); return }
    const planned = iso ? new Date(`${iso}T${hour[1].padStart(2, "0")}:${hour[2]}:00`) : null
    make(`projects/${doc.project}/workshops`, {
      name: `Workshop, ${dayWords(iso || today())}${planned && time.trim() ? `, ${hour[1]}:${hour[2]}` : ""}`, length, planned_at: planned?.toISOString() ?? null,
      leader, follows: before?.id ?? "",
    })
  }
  const typed = (set) => (e) => { set(e.target.value); setWrong(RIGHT) }
  const why = (field) => html`<p class="wrong" id=${`ws-wrong-${field}`} role="alert">${at === field ? wrong : ""}</p>`
  const pick = (all, chosen, choose, label) => html`<div class="seg" role="group" aria-label=${label}>${all.map(([value, words]) => html`<button type="button" key=${value} aria-pressed=${String(chosen === value)} onClick=${() => choose(value)}>${words}</button>`)}</div>`
  return html`<dialog class="sheet-dialog" ref=${box} aria-labelledby="ws-title" onClose=${close} onClick=${(e) => { if (e.target === box.current) close() }}>
    <form onSubmit=${start}><h2 id="ws-title">Start a workshop</h2>
      <p class="meta">Everybody answers in their browser, also on a phone. Only what is missing to sign is asked.${before ? html` It starts from what “<bdi>${before.name}</bdi>” left open.` : null}</p>
      <label class="label" for="ws-name">Your name</label><input class="control" id="ws-name" dir="auto" maxlength="80" autocomplete="name" value=${name} aria-invalid=${at === "name" ? "true" : undefined} aria-describedby="ws-wrong-name" onInput=${typed(setName)} />${why("name")}
      <p class="label">You speak for</p>${pick(SIDES, side, (value) => { setSide(value); setWrong(RIGHT) }, "You speak for")}${why("side")}
      <p class="label">How long</p>${pick(LENGTHS, length, setLength, "How long")}
      <p class="label">When</p><div class="row when"><label><span class="off">Day</span><input class="control" dir="auto" value=${day} placeholder="Now, or 12 Feb 2027" onInput=${typed(setDay)} /></label>
        <label><span class="off">Time</span><input class="control" value=${time} placeholder="14:00" onInput=${typed(setTime)} /></label></div>${why("when")}${why("")}
      <div class="row"><button class="btn p" type="submit" disabled=${isBusy}>Make it${icon("next", "dir")}</button><button type="button" class="btn q" onClick=${close}>Cancel</button></div>
      <p class="meta">New to this? <button type="button" class="linkb" disabled=${isBusy} onClick=${tryAlone}>Try it alone first</button>, with people who are replayed, on a project of its own.</p></form></dialog>`
}
