// Links with which others read the charter, without the workbench: made, told once, and taken back.
import { useEffect, useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { read, root, sendOnce } from "./server.js"

const DAYS = [[7, "A week"], [30, "30 days"], [90, "90 days"]]

export function Share({ doc, close }) {
  const box = useRef(), field = useRef(), [told, setTold] = useState(null), [version, setVersion] = useState(""), [days, setDays] = useState(30)
  const [made, setMade] = useState(""), [wrong, setWrong] = useState(""), [said, say] = useState(""), [isBusy, setBusy] = useState(false)
  const path = `projects/${doc.project}/shares`
  const load = async () => {
    const answer = await read(path).catch(() => ({ ok: false }))
    if (answer.ok) setTold(answer.told)
    else setWrong("There is no connection. Close this and try again.")
  }
  useLayoutEffect(() => {
    const dialog = box.current
    dialog.showModal()
    return () => dialog.close()
  }, [])
  useEffect(() => { load() }, [])
  useEffect(() => { if (made) field.current?.select() }, [made])
  const post = async (body) => {
    setBusy(true)
    setWrong("")
    say("")
    const answer = await sendOnce(path, body)
    setBusy(false)
    if (!answer.ok) setWrong(answer.error)
    else await load()
    return answer
  }
  const make = async (e) => {
    e.preventDefault()
    const answer = await post({ version: version ? Number(version) : null, days })
    if (answer.ok) setMade(root + answer.path)
  }
  const back = async (digest) => { if ((await post({ revoke: digest })).ok) { setMade(""); say("Taken back. Whoever opens it now reads one sentence.") } }
  const copy = async () => {
    try { await navigator.clipboard.writeText(made) } catch { field.current.select(); document.execCommand("copy") }
    say("Copied.")
  }
  return html`<dialog class="sheet-dialog signing" ref=${box} aria-labelledby="share-title" onClose=${close} onClick=${(e) => { if (e.target === box.current) close() }}>
    <form onSubmit=${make}><h2 id="share-title">Read-only link</h2>
      <p class="meta">Whoever has it reads the charter and nothing else, until the day it ends or you take it back.</p>
      <label class="label" for="share-what">What it shows</label>
      <select class="control" id="share-what" value=${version} onChange=${(e) => setVersion(e.target.value)}><option value="">The charter as it stands when it is read</option>
        ${(told?.versions ?? []).map(([number, title]) => html`<option key=${number} value=${number}>${title}</option>`)}</select>
      <p class="label">How long it works</p>
      <div class="seg" role="group" aria-label="How long it works">${DAYS.map(([value, words]) => html`<button type="button" key=${value} aria-pressed=${String(days === value)} onClick=${() => setDays(value)}>${words}</button>`)}</div>
      <p class="wrong" role="alert">${wrong}</p>
      ${made ? html`<label class="label" for="share-made">Your link. It is shown this once: copy it now.</label>
        <input class="control" id="share-made" dir="ltr" readonly ref=${field} value=${made} />
        <div class="row"><button type="button" class="btn p" onClick=${copy}>Copy it</button><button type="button" class="btn q" onClick=${close}>Close</button></div>`
        : html`<div class="row"><button class="btn p" type="submit" disabled=${isBusy || !told}>Make a link</button><button type="button" class="btn q" onClick=${close}>Cancel</button></div>`}
      <p class="meta" role="status">${said}</p>
      ${told?.links.length ? html`<h3>Links that work</h3><ul class="links">${told.links.map((one) => html`<li key=${one.digest}>
        <span class="grow">${one.version ? `Version ${one.version}` : "As it stands"}, until ${one.until}<span class="meta">Made on ${one.on}${one.by ? html` by <bdi>${one.by}</bdi>` : null}</span></span>
        <button type="button" class="btn q sm" disabled=${isBusy} onClick=${() => back(one.digest)}>Take it back</button></li>`)}</ul>` : null}
    </form></dialog>`
}
