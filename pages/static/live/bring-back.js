// A file that was taken away, changed, and is brought back: every change is shown before any is taken over.
import { useEffect, useRef, useState } from "./vendor/hooks.js"
import { follow, pageHref } from "./address.js"
import { Changes } from "./brought.js"
import { root } from "./doc.js"
import { Exports } from "./exports.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { read, sendFile, sendOnce } from "./server.js"
import { counted, today } from "./times.js"

const LOOK_MS = 400, SETTLE_MS = 700, LOST = "There is no connection. Try again."
const KINDS = ".xlsx,.xlsm,.xls,.json,.csv,.tsv,.txt"

// What the address tells: the file, and once it was taken over what came of it, so that it can be taken back after going elsewhere too.
const NAMES = ["file", "taken", "back"]
const asked = (name) => new URL(location.href).searchParams.get(name) ?? ""
function remember(told) {
  const url = new URL(location.href)
  for (const name of NAMES) { if (told[name]) url.searchParams.set(name, told[name]); else url.searchParams.delete(name) }
  history.replaceState(history.state, "", url)
}
const doneOf = () => (asked("taken") ? { taken: Number(asked("taken")), back: asked("back").split(",").filter(Boolean).map(Number), left: [] } : null)

// How the file stands on the server: asked for until it is read, and again when somebody changes the project.
function useTold(doc, file) {
  const [told, tell] = useState(null), number = doc.number.value
  useEffect(() => {
    if (!file) { tell(null); return undefined }
    let isLeft = false, due = 0
    const look = async () => {
      const answer = await read(`projects/${doc.project}/bring-back/${file}`).catch(() => null)
      if (isLeft) return
      const now = answer?.ok ? answer.told : answer?.status === 404 ? { state: "refused", error: "The file is no longer here: files are kept for an hour.", hint: "Choose it once more." } : null
      if (now) tell(now)
      if (!now || now.state === "reading") due = setTimeout(look, LOOK_MS)
    }
    due = setTimeout(look, told?.state === "told" ? SETTLE_MS : 0)
    return () => { isLeft = true; clearTimeout(due) }
  }, [file, number])
  return [told, tell]
}

export function BroughtBack({ doc, data }) {
  const [file, choose] = useState(() => asked("file")), [told, tell] = useTold(doc, file), [wrong, complain] = useState(""), [isSending, wait] = useState(false)
  const [done, finish] = useState(doneOf)
  const forget = () => { remember({}); choose(""); tell(null); complain(""); finish(null) }
  const take = async (chosen) => {
    if (!chosen) return
    complain("")
    wait(true)
    const answer = await sendFile(`projects/${doc.project}/bring-back?${new URLSearchParams({ name: chosen.name })}`, chosen).catch(() => ({ ok: false, error: LOST }))
    wait(false)
    if (!answer.ok) { complain(answer.error); return }
    tell(null)
    remember({ file: answer.file })
    choose(answer.file)
  }
  const ask = (wanted) => sendOnce(`projects/${doc.project}/bring-back/${file}`, { ...wanted, today: today() })
  const save = async (wanted) => {
    complain("")
    wait(true)
    const answer = await ask(wanted)
    wait(false)
    if (!answer.ok) { complain(answer.error); return }
    remember(wanted.back ? {} : { file, taken: answer.taken, back: answer.back.join(",") })
    finish(wanted.back ? { ...answer, isBack: true } : answer)
  }
  const trouble = wrong ? html`<p class="banner" role="alert">${icon("info")}<span>${wrong}</span></p>` : null
  let part = html`<${Reading} told=${told} isSending=${isSending} forget=${forget} />`
  if (done) part = html`<${Done} doc=${doc} done=${done} name=${told?.name} isBusy=${isSending} back=${() => save({ back: done.back })} forget=${forget} />`
  else if (!file && !isSending) part = html`<${Choose} doc=${doc} data=${data} take=${take} />`
  else if (told?.state === "refused") part = html`<${No} doc=${doc} told=${told} file=${file} forget=${forget} />`
  else if (told?.state === "told") part = html`<${Changes} doc=${doc} told=${told} isBusy=${isSending} save=${save} trial=${(wanted) => ask({ ...wanted, dry: true })} forget=${forget} />`
  return html`<div class="brought">${trouble}${part}</div>`
}

function Choose({ doc, data, take }) {
  const input = useRef(null), [isOver, over] = useState(false)
  const drop = (event) => { event.preventDefault(); over(false); take(event.dataTransfer.files[0]) }
  if (doc.archived.value) return html`<h1>Bring changes back</h1><p class="banner calm" role="status">${icon("info")}<span>This project is archived. Restore it to change it.</span></p>`
  return html`<h1>Bring changes back</h1><p class="lead">Somebody changed the charter in Excel? Choose the file. You see every change before anything is taken over.</p>
    <div class="empty drop ${isOver ? "over" : ""}" onDragOver=${(event) => { event.preventDefault(); over(true) }} onDragLeave=${() => over(false)} onDrop=${drop}>
      <p><button type="button" class="btn p" onClick=${() => input.current.click()}>Choose a file</button></p>
      <p>or drop it here: the workbook, also a blank one that was filled in, the inventory or the plan as CSV, or the data as JSON. At most 10 MB.</p>
      <input ref=${input} type="file" hidden accept=${KINDS} aria-label="File with changes" onChange=${(event) => { take(event.target.files[0]); event.target.value = "" }} /></div>
    <div class="row"><span class="meta">Nothing taken away yet?</span><${Exports} doc=${doc} exports=${data.exports} /></div>`
}

function Reading({ told, isSending, forget }) {
  const what = isSending ? "Sending the file" : told?.what ?? "Starting"
  return html`<div class="empty" role="status"><p class="t" dir="auto">${told?.name ?? ""}</p><p>${what} …</p>
    <progress value=${told?.share || undefined} max="1" aria-label="Reading the file"></progress>
    ${isSending ? null : html`<p><button type="button" class="btn q" onClick=${forget}>Cancel</button></p>`}</div>`
}

function No({ doc, told, file, forget }) {
  const other = told.other && `${pageHref(root, "bring_back", told.other[0])}&file=${file}`
  const another = html`<button type="button" class="btn ${other ? "" : "p"}" onClick=${forget}>Choose another file</button>`
  return html`<h1>Nothing was taken over</h1><p class="lead"><bdi>${told.name}</bdi>: ${told.error} ${told.hint}</p>
    <div class="row ways">${other ? html`<a class="btn p" href=${other}>${told.other[1]}</a>` : null}${another}</div>`
}

function Done({ doc, done, name, isBusy, back, forget }) {
  const charter = html`<a class="btn p" href=${pageHref(root, "charter", doc.project)} onClick=${follow}>To the charter</a>`
  if (done.isBack) return html`<div role="status"><h1>Taken back. The project stands as it did before.</h1></div>
    ${done.kept ? html`<p class="lead">${counted(done.kept, "change")} met what was changed since, and stayed out.</p>` : null}<div class="row ways">${charter}</div>`
  return html`<div role="status"><h1>${counted(done.taken, "change")} ${done.taken === 1 ? "was" : "were"} taken over from ${name ? html`<bdi>${name}</bdi>` : "the file"}</h1></div>
    ${done.then ? html`<p class="lead">Now: ${done.then}.</p>` : null}
    ${done.left.length ? html`<h2>Left as it is</h2><ul class="plain">${done.left.map((words) => html`<li key=${words} dir="auto">${words}</li>`)}</ul>` : null}
    <div class="row ways">${charter}${done.back.length ? html`<button type="button" class="btn" disabled=${isBusy} onClick=${back}>Take them back</button>` : null}
      <button type="button" class="btn q" onClick=${forget}>Another file</button></div>`
}
