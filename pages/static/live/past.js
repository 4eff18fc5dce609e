// What happened to one record: who, when, what was and what is, and the way back. Asked for when the drawer opens, and again
// when somebody changes the record while it is open.
import { useEffect, useRef, useState } from "./vendor/hooks.js"
import { follow, roomHref } from "./address.js"
import { root } from "./doc.js"
import { html } from "./html.js"
import { read, sendOnce } from "./server.js"
import { ago, dayWords, today, useClock } from "./times.js"

const FIRST = 3, SETTLE_MS = 300

export function Past({ rec, id }) {
  const { doc, part, list } = rec, [told, tell] = useState(null), [isAll, showAll] = useState(false)
  const [wrong, complain] = useState(""), asked = useRef(0)
  useClock()
  const where = `projects/${doc.project}/history`
  const ask = async () => {
    const mine = ++asked.current
    const answer = await read(`${where}?${new URLSearchParams({ part, list, record: id })}`).catch(() => null)
    if (mine === asked.current && answer?.ok) tell(answer.told.changes)
  }
  useEffect(() => {
    let due = 0
    const concerns = ({ part: at, rows = [], set = [], gone = [] }) =>
      at === undefined || (at === part && [...rows, ...set, ...gone].some(([l, one]) => l === list && one === id))
    const hear = (event) => {
      if (!concerns(event)) return
      clearTimeout(due)
      due = setTimeout(ask, SETTLE_MS)                                     // one answer after a burst of changes
    }
    ask()
    doc.ears.add(hear)
    return () => { doc.ears.delete(hear); clearTimeout(due); asked.current++ }
  }, [id])
  const takeBack = async (number) => {
    complain("")
    const answer = await sendOnce(where, { number, list, record: id })
    if (!answer.ok) complain(answer.error)
    else rec.say("Taken back")
    ask()
  }
  if (!told?.length) return null
  const shown = isAll ? told : told.slice(0, FIRST), rest = told.length - shown.length, me = doc.self.value?.name
  return html`<section class="past" aria-label="History"><h3>History</h3>
    ${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : null}
    <ol>${shown.map((one) => html`<${One} key=${one.number} doc=${doc} ...${one} me=${me} skew=${doc.skew} archived=${doc.archived.value} onBack=${() => takeBack(one.number)} />`)}</ol>
    ${rest > 0 ? html`<button type="button" class="linkb" onClick=${() => showAll(true)}>${rest} earlier</button>` : null}</section>`
}

function One({ doc, by, at, workshop, lines, back, me, skew, archived, onBack }) {
  const who = by ? (by === me ? "You" : by) : "Somebody"
  const room = workshop ? html`, <a href=${roomHref(root, doc.project, workshop, "workshops")} onClick=${follow}>in the workshop of ${dayWords(today(new Date(at)))}</a>` : null
  return html`<li><b dir="auto">${who}</b>, ${ago(at, skew)}${room}${back && !archived ? html` <button type="button" class="linkb" onClick=${onBack}>Take back</button>` : null}
    ${lines.map((line, n) => html`<p key=${n}>${line.length === 1 ? line[0] : html`<span>${line[0]}: </span>
      ${line[1] ? html`<del dir="auto">${line[1]}</del> → ` : null}<ins dir="auto">${line[2] || "nothing"}</ins>`}</p>`)}</li>`
}
