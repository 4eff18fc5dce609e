// A project begins with one sentence. A name is proposed from it; all else has time.
import { useEffect, useRef, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { read } from "./server.js"

const PAUSE_MS = 300
const LONGEST_WISH = 10_000, LONGEST_NAME = 300

function useGuess(wish) {
  const [guess, set] = useState({ name: "", kind: "" })
  useEffect(() => {
    let isLeft = false
    const ask = () => read(`guess?wish=${encodeURIComponent(wish)}`).then((answer) => { if (!isLeft && answer.ok) set(answer.told) }, () => {})
    const timer = setTimeout(ask, PAUSE_MS)
    return () => { isLeft = true; clearTimeout(timer) }
  }, [wish])
  return guess
}

export function Start({ data, emit }) {
  const [chosen, choose] = useState(null)                                   // the kind, once somebody has chosen one; guessed until then
  const [wish, setWish] = useState(""), [name, setName] = useState(""), [wrong, setWrong] = useState(""), [isBusy, setBusy] = useState(false), box = useRef()
  const guess = useGuess(wish), kind = chosen ?? guess.kind
  // The dialog takes the focus for itself while it opens; from whoever types already, nobody takes it.
  useEffect(() => {
    const isHere = () => box.current.form.contains(box.current.getRootNode().activeElement)
    const take = () => { if (box.current && !isHere()) box.current.focus() }, timers = [0, 120, 350].map((ms) => setTimeout(take, ms))
    return () => timers.forEach(clearTimeout)
  }, [])
  const start = (e) => {
    e?.preventDefault()
    if (isBusy) return
    if (!wish.trim() && !name.trim()) { setWrong("Write one sentence, or a name; both can be changed later."); box.current.focus(); return }
    setBusy(true)
    emit("act", { wish: wish.trim(), name: name.trim(), kind })
  }
  const enter = (e) => { if (e.key === "Enter" && !e.shiftKey && !e.isComposing) start(e) }
  const typed = (set) => (e) => { set(e.target.value); setWrong("") }
  return html`<form class="start" onSubmit=${start}>
    <label class="label" for="wish">What do you wish were working better?</label>
    <p class="meta" id="wish-hint">One sentence, without the cure. It becomes the first problem.</p>
    <textarea class="control" id="wish" rows="2" dir="auto" maxlength=${LONGEST_WISH} ref=${box} value=${wish} aria-describedby="wish-hint" aria-invalid=${wrong ? "true" : undefined}
      onInput=${typed(setWish)} onKeyDown=${enter}></textarea>
    ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : null}
    <label class="label" for="named">Name of the project</label>
    <input class="control" id="named" dir="auto" maxlength=${LONGEST_NAME} autocomplete="off" value=${name} placeholder=${guess.name || "Taken from your sentence"} onInput=${typed(setName)} onKeyDown=${enter} />
    <label class="label" for="kind">Kind of project</label>
    <select class="control" id="kind" value=${kind} onChange=${(e) => choose(e.target.value)}><option value="">Not sure yet</option>
      ${data.kinds.map(([value, label]) => html`<option key=${value} value=${value}>${label}</option>`)}</select>
    <div class="row"><button class="btn p" type="submit" disabled=${isBusy}>Start${icon("next", "dir")}</button></div></form>`
}
