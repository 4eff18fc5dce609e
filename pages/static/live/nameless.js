// A concern that nobody can trace: it is sent whole, kept nowhere on the device, and saved under no name.
import { useRef, useState } from "./vendor/hooks.js"
import { newId } from "./doc.js"
import { html } from "./html.js"
import { sendOnce } from "./server.js"

const MOST = 10_000

export function Nameless({ doc }) {
  const [words, write] = useState(""), [said, say] = useState(""), [wrong, complain] = useState(""), [isBusy, work] = useState(false)
  const id = useRef(newId())                                                // the same for every try, so that it never stands there twice
  const raise = async (event) => {
    event.preventDefault()
    if (isBusy) return
    work(true)
    say("")
    const answer = await sendOnce(`projects/${doc.project}/concerns`, { id: id.current, concern: words }, "There is no connection. Your words still stand here; try again.")
    work(false)
    complain(answer.ok ? "" : answer.error)
    if (!answer.ok) return
    id.current = newId()
    write("")
    say("Raised. It stands in the list without a name.")
  }
  return html`<details class="fold nameless"><summary>Raise a concern without your name</summary>
    <form onSubmit=${raise}>
      <p class="meta" id="nameless-kept">Nothing kept here says who raised it: not the concern, not the history, no export, no log. Only the moment is kept,
        so wait a while if others see you here. What you add to the entry afterwards carries your name as usual.</p>
      <label class="label" for="nameless">Your concern</label>
      <textarea id="nameless" class="control" rows="3" maxlength=${MOST} dir="auto" required aria-describedby="nameless-kept" value=${words}
        disabled=${doc.archived.value} onInput=${(e) => write(e.target.value)}></textarea>
      <div class="row"><button type="submit" class="btn" disabled=${doc.archived.value || isBusy}>Raise it without my name</button>
        ${said ? html`<span class="meta" role="status">${said}</span>` : null}${wrong ? html`<span class="wrong" role="alert">${wrong}</span>` : null}</div></form></details>`
}
