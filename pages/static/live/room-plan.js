// The agenda as whoever leads changes it: blocks moved, dropped, given other times, and agendas to begin with.
import { useEffect, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { read, send, sendOnce } from "./server.js"
import { counted } from "./times.js"

const SHORTEST = 1, LONGEST = 480

const sent = (agenda) => agenda.map(({ key, title, minutes, questions }) => ({ key, title, minutes, questions: questions.map((q) => q.key ?? q) }))

// What is typed stays while the room tells other things, and counts when it is done.
function Minutes({ block, set }) {
  const [typed, type] = useState(null)
  const done = (e) => {
    const minutes = Math.round(+e.target.value)
    if (minutes && minutes !== block.minutes) set(Math.min(LONGEST, Math.max(SHORTEST, minutes)))
    type(null)
  }
  return html`<label class="min"><span class="off">Minutes for ${block.title}</span><input class="control" type="number" min=${SHORTEST} max=${LONGEST} value=${typed ?? block.minutes}
    onInput=${(e) => type(e.target.value)} onBlur=${done} onKeyDown=${(e) => { if (e.key === "Enter") done(e) }} /><span class="meta">min</span></label>`
}

export function Plan({ room }) {
  // What is on its way counts already, or two quick presses would undo each other.
  const told = room.room.value, agenda = room.pending.value.findLast((job) => job.body.kind === "agenda")?.body.blocks ?? sent(told.agenda), of = new Map(room.steps.value.map((s) => [s.key, s])), [kept, setKept] = useState([]), [name, setName] = useState(""), [said, say] = useState("")
  const path = `projects/${room.workshop.value.project}/agendas`
  const fetchThem = () => read(path).then((answer) => { if (answer.ok) setKept(answer.told.agendas) }, () => {})
  useEffect(() => { fetchThem() }, [])
  const write = (blocks) => room.act({ kind: "agenda", blocks })
  const change = (at, one) => write(agenda.map((block, n) => (n === at ? { ...block, ...one } : block)))
  const move = (at, by) => {
    const next = [...agenda]
    next.splice(at + by, 0, ...next.splice(at, 1))
    write(next)
  }
  const keep = async (e) => {
    e.preventDefault()
    if (!name.trim()) return
    const answer = await sendOnce(path, { name: name.trim(), blocks: agenda })
    say(answer.ok === false ? answer.error : "Kept. It is offered to every workshop of this workbench.")
    setName("")
    fetchThem()
  }
  const forget = (one) => send(`${path}/${one.id}/remove`, {}).then((answer) => { say(answer.ok === false ? answer.error : `“${one.name}” is not offered any more.`); fetchThem() }, () => say("There is no connection. Try again."))
  const total = agenda.reduce((sum, b) => sum + b.minutes, 0)
  return html`<div class="plan"><ol>${agenda.map((block, at) => html`<li key=${block.key}>
      <span class="row"><b class="grow">${block.title}</b>
        <${Minutes} block=${block} set=${(minutes) => change(at, { minutes })} />
        <button type="button" class="btn sm q ico" aria-label=${`Move ${block.title} up`} disabled=${at === 0} onClick=${() => move(at, -1)}>${icon("up")}</button>
        <button type="button" class="btn sm q ico" aria-label=${`Move ${block.title} down`} disabled=${at === agenda.length - 1} onClick=${() => move(at, 1)}>${icon("down")}</button>
        <button type="button" class="btn sm q ico" aria-label=${`Leave out ${block.title}`} disabled=${agenda.length === 1} onClick=${() => write(agenda.filter((_, n) => n !== at))}>${icon("close")}</button></span>
      <details class="fold"><summary>${counted(block.questions.length, "question")}</summary><ul>${block.questions.map((key) => html`<li key=${key} class="row"><span class="grow">${of.get(key)?.short ?? key}</span>
        <button type="button" class="btn sm q ico" aria-label=${`Leave out: ${of.get(key)?.short ?? key}`} disabled=${block.questions.length === 1} onClick=${() => change(at, { questions: block.questions.filter((other) => other !== key) })}>${icon("close")}</button></li>`)}</ul></details></li>`)}</ol>
    <p class="meta">${total} minutes in all.</p>
    ${kept.length ? html`<p class="row"><span class="label">Begin with</span>${kept.map((one) => html`<span key=${one.id + one.name} class="kept1"><button type="button" class="btn sm" onClick=${() => write(sent(one.blocks))}><bdi>${one.name}</bdi></button>${one.id
      ? html`<button type="button" class="btn sm q ico" aria-label=${`Remove the template ${one.name}`} onClick=${() => forget(one)}>${icon("close")}</button>` : null}</span>`)}</p>` : null}
    <form class="row" onSubmit=${keep}><label class="grow"><span class="off">Name of the template</span><input class="control" dir="auto" maxlength="80" placeholder="Keep this agenda as a template" value=${name} onInput=${(e) => setName(e.target.value)} /></label><button class="btn sm" type="submit">Keep</button></form>
    <p class="meta" role="status">${said}</p></div>`
}
