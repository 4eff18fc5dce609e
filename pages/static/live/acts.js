// What buttons ask for that the page draws with data-act: the form for it is loaded when one is pressed.
import { useEffect, useState } from "./vendor/hooks.js"
import { html } from "./html.js"

const FORMS = {
  share: () => import("./share.js").then((module) => module.Share),
  answer: () => import("./signing.js").then((module) => module.Signing),
}

export function Acts({ doc }) {
  const [asked, ask] = useState(null)                                       // { what, id, form, from }
  useEffect(() => {
    const open = async (event) => {
      const from = event.composedPath().find((box) => box.dataset?.act)
      if (!from) return
      const [what, id = ""] = from.dataset.act.split(":")
      const form = await (FORMS[what] ?? FORMS.answer)()
      ask({ what, id, form, from })
    }
    addEventListener("click", open)
    return () => removeEventListener("click", open)
  }, [])
  const close = () => { asked.from.isConnected && asked.from.focus(); ask(null) }
  return asked ? html`<${asked.form} key=${asked.what + asked.id} doc=${doc} asked=${asked} close=${close} />` : null
}
