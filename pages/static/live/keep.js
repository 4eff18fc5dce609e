// Keeping the charter as a version: a name and a note, both of which may be left out.
import { useLayoutEffect, useRef, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { sendOnce } from "./server.js"

export function Keep({ doc, close, done }) {
  const box = useRef(), [name, setName] = useState(""), [note, setNote] = useState(""), [told, tell] = useState(""), [isBusy, setBusy] = useState(false)
  useLayoutEffect(() => {
    const dialog = box.current
    dialog.showModal()
    return () => dialog.close()
  }, [])
  const keep = async (e) => {
    e.preventDefault()
    setBusy(true)
    const answer = await sendOnce(`projects/${doc.project}/keep`, { name, note })
    setBusy(false)
    if (!answer.ok) tell(answer.error)
    else if (answer.new || name) { close(); done() }
    else tell(`Nothing changed since version ${answer.number}, so it is kept already.`)
  }
  return html`<dialog class="sheet-dialog" ref=${box} aria-labelledby="keep-title" onClose=${close} onClick=${(e) => { if (e.target === box.current) close() }}>
    <form onSubmit=${keep}><h2 id="keep-title">Keep as version</h2>
      <p class="meta">It stays as it is now, whatever changes later: to compare with, to take away, to come back to.</p>
      <label class="label" for="keep-name">Name</label><input class="control" id="keep-name" dir="auto" maxlength="300" value=${name} placeholder="After the workshop" onInput=${(e) => setName(e.target.value)} />
      <label class="label" for="keep-note">Note</label><textarea class="control" id="keep-note" dir="auto" rows="3" maxlength="10000" onInput=${(e) => setNote(e.target.value)}>${note}</textarea>
      <p class="wrong" role="alert">${told}</p>
      <div class="row"><button class="btn p" type="submit" disabled=${isBusy}>Keep it</button><button type="button" class="btn q" onClick=${close}>Cancel</button></div></form></dialog>`
}
