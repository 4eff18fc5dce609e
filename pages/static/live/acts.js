// What buttons ask for that the page draws with data-act: the form for it is loaded when one is pressed; somebody who is asked to
// sign is added and opened.
import { useEffect, useState } from "./vendor/hooks.js"
import { placeHref, travel } from "./address.js"
import { root } from "./doc.js"
import { html } from "./html.js"
import { records } from "./records.js"

const FORMS = {
  share: () => import("./share.js").then((module) => module.Share),
  answer: () => import("./signing.js").then((module) => module.Signing),
}

function askToSign(doc, role, name) {
  const cells = Object.entries({ role, name }).filter(([, words]) => words).map(([field, words]) => [field, [null, words]])
  const id = records(doc, "project", "signatures").add(Object.fromEntries(cells))
  travel(placeHref(root, doc, "project", `signatures.${id}.name`))
}

export function Acts({ doc }) {
  const [asked, ask] = useState(null)                                       // { what, id, form, from }
  useEffect(() => {
    const open = async (event) => {
      const from = event.composedPath().find((box) => box.dataset?.act)
      if (!from) return
      const [what, id = "", ...name] = from.dataset.act.split(":")
      if (what === "ask") return askToSign(doc, id, name.join(":"))
      const form = await (FORMS[what] ?? FORMS.answer)()
      ask({ what, id, form, from })
    }
    addEventListener("click", open)
    return () => removeEventListener("click", open)
  }, [])
  const close = () => { asked.from.isConnected && asked.from.focus(); ask(null) }
  return asked ? html`<${asked.form} key=${asked.what + asked.id} doc=${doc} asked=${asked} close=${close} />` : null
}
