// What can be done to an open record, behind three dots.
import { offers } from "./becoming.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { go } from "./nav.js"
import { item, Popup } from "./popup.js"

export async function copyLink(rec) {
  try {
    await navigator.clipboard.writeText(location.href)
    rec.say("Link copied")
  } catch {
    rec.say("This browser does not allow copying; take the address of the page")
  }
}

export function Menu({ rec, id, place, writes }) {
  const last = rec.ids.value.length - 1
  const items = [
    ...(writes ? offers(rec, id) : []),
    writes && ["Duplicate", () => go(rec.list, rec.duplicate(id))],
    writes && place > 0 && ["Move up", () => rec.step(id, -1)],
    writes && place < last && ["Move down", () => rec.step(id, 1)],
    writes && (rec.isLasting(id) ? ["Answer it", () => rec.remove([id])] : ["Remove", () => { rec.remove([id]); go() }, "danger"]),
  ].filter(Boolean)
  return items.length ? html`<${Popup} label="More" look="q ico" face=${icon("more")} items=${items.map((one) => item(...one))} />` : null
}
