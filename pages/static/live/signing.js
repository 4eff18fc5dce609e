// Signing, saying what stops one, and taking that back. `asked`: { what: "sign" | "stop" | "back", id }
import { useEffect, useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { read, sendOnce } from "./server.js"
import { today } from "./times.js"

const WAYS = [["changes", "I sign once it is changed"], ["refused", "I do not sign"]]
const bare = (name) => name.split(",", 1)[0].replace(/\s+/g, "").toLowerCase()
const called = (signer) => signer.name || signer.role

export function Signing({ doc, asked, close }) {
  const box = useRef(), known = doc.self.peek()?.name ?? "", [told, setTold] = useState(null), [chosen, choose] = useState(asked.id), [typed, type] = useState(known)
  const [way, setWay] = useState("changes"), [reason, setReason] = useState(""), [wrong, setWrong] = useState(""), [isBusy, setBusy] = useState(false), [isOld, setOld] = useState(false)
  useLayoutEffect(() => {
    const dialog = box.current
    dialog.showModal()
    return () => dialog.close()
  }, [])
  useEffect(() => { load() }, [])
  async function load() {
    const answer = await read(`projects/${doc.project}/signing`).catch(() => ({ ok: false }))
    if (!answer.ok) { setWrong("There is no connection. Close this and try again."); return }
    const those = answer.told.signers.filter((s) => (asked.what === "back" ? s.answered : s.open))
    setTold({ ...answer.told, those })
    // Whoever is known by this name is meant; of one that is left there is no choice.
    const mine = those.find((s) => known && bare(s.name) === bare(known)) ?? (those.length === 1 ? those[0] : null)
    choose((id) => id || (mine?.id ?? ""))
  }
  const named = (name) => {
    type(name)
    setWrong("")
    const one = told?.those.find((s) => s.name && bare(s.name) === bare(name))
    if (one) choose(one.id)
  }
  const send = async (e) => {
    e.preventDefault()
    if (!chosen) { setWrong("Choose who you are."); return }
    setBusy(true)
    setWrong("")
    const answered = { sign: "signed", stop: way, back: null }[asked.what]
    const answer = await sendOnce(`projects/${doc.project}/signing`, { signature: chosen, answered, seen: told.seen, typed, reason: asked.what === "stop" ? reason : "", day: today() })
    setBusy(false)
    if (answer.ok) close()
    else { setWrong(answer.error); setOld(answer.status === 409) }
  }
  const signer = told?.those.find((s) => s.id === chosen), isSign = asked.what === "sign", as = signer?.role ? `, ${signer.role}` : ""
  const title = { sign: told ? `Sign version ${told.version}` : "Sign this version", stop: "What stops you?", back: "Take your answer back?" }[asked.what]
  const does = { sign: told ? `Sign version ${told.version}` : "Sign", stop: way === "changes" ? "Ask for changes" : "Say no", back: "Take it back" }[asked.what]
  return html`<dialog class="sheet-dialog signing" ref=${box} aria-labelledby="sign-title" onClose=${close} onClick=${(e) => { if (e.target === box.current) close() }}>
    <form onSubmit=${send}><h2 id="sign-title">${title}</h2>
      ${isSign ? html`<p class="meta">You agree to what the charter says now. A later change asks you again; what is tracked afterwards does not.</p>` : null}
      ${asked.what === "back" ? html`<p class="meta">The version stays kept. You can answer again at any time.</p>` : null}
      ${told && told.those.length > 1 && !asked.id ? html`<fieldset class="signers"><legend class="label">You are</legend>${told.those.map((s) => html`<label key=${s.id} class="pick">
        <input type="radio" name="signer" value=${s.id} checked=${chosen === s.id} onChange=${() => { choose(s.id); setWrong("") }} />
        <span><bdi>${called(s)}</bdi>${s.name && s.role ? html`, <bdi>${s.role}</bdi>` : null}${isSign && s.waits.length ? html`<span class="meta">after <bdi>${s.waits.join(", ")}</bdi></span>` : null}</span></label>`)}</fieldset>`
        : signer ? html`<p>You answer as <b dir="auto">${called(signer)}</b>${signer.name ? as : null}.</p>` : null}
      ${asked.what === "stop" ? html`<div class="seg" role="group" aria-label="Your answer">${WAYS.map(([value, words]) => html`<button type="button" key=${value} aria-pressed=${String(way === value)} onClick=${() => setWay(value)}>${words}</button>`)}</div>
        <label class="label" for="sign-reason">${way === "changes" ? "What has to change" : "Why"}</label>
        <textarea class="control" id="sign-reason" dir="auto" rows="4" maxlength="10000" required value=${reason} onInput=${(e) => { setReason(e.target.value); setWrong("") }}></textarea>` : null}
      <label class="label" for="sign-name">Type your name</label>
      <input class="control" id="sign-name" dir="auto" maxlength="300" autocomplete="name" required value=${typed} aria-describedby="sign-wrong" onInput=${(e) => named(e.target.value)} />
      <p class="meta">It stands beside your answer, marked as typed, because this workbench has no sign-in.</p>
      <p class="wrong" id="sign-wrong" role="alert">${wrong}</p>
      <div class="row"><button class="btn p" type="submit" disabled=${isBusy || !told || isOld}>${isSign ? icon("ready", "s") : null}${does}</button>
        <button type="button" class="btn q" onClick=${close}>${isOld ? "Close" : "Cancel"}</button></div>
      ${isSign && told ? html`<details class="fold"><summary>What may change without asking you again</summary><ul class="apart meta">${told.apart.map((why) => html`<li key=${why}>${why}</li>`)}</ul></details>` : null}
    </form></dialog>`
}
