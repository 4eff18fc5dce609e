// Promises of the ethics step: what is demanded and taken on, where it stands in the plan, and whether it was kept at launch.
import { useState } from "./vendor/hooks.js"
import { UNKNOWN } from "./doc.js"
import { useAsked } from "./ethics.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { sendOnce } from "./server.js"
import { Sheet } from "./sheet.js"
import { counted } from "./times.js"

const PART = "ethics", PLAN = ["milestones", "milestones"], SETTLED = ["done", "not_needed"]
const NOT_REACHED = "The server cannot be reached, so nothing was changed. Try again in a moment."

// One press saves both sides together; a second one while it is on its way does nothing.
function useActs(doc) {
  const [wrong, complain] = useState(""), [isBusy, setBusy] = useState(false)
  const act = async (what, ids, milestone = "") => {
    if (isBusy) return
    setBusy(true)
    complain("")
    doc.flushAll()
    await doc.settled()
    const answer = await sendOnce(`projects/${doc.project}/promises`, { what, ids, milestone }, NOT_REACHED)
    setBusy(false)
    if (answer.ok === false) complain(answer.error)
  }
  return [act, html`<p class="wrong" role="alert" hidden=${!wrong}>${wrong}</p>`, isBusy || Boolean(doc.archived.value)]
}

const Act = ({ off, act, look = "sm", children }) => html`<button type="button" class="btn ${look}" disabled=${off} onClick=${act}>${children}</button>`
const raw = (doc, list, id, name) => { const said = doc.field(`${PART}/${list}/${id}/${name}`).raw; return said === UNKNOWN ? "" : said }

export function Demanded({ doc }) {
  const { told } = useAsked(doc), [act, wrong, off] = useActs(doc)
  if (!told?.due.length) return null
  const taken = new Set(doc.list(PART, "obligations").value), certain = told.due.filter((one) => one.is_certain), left = certain.filter((one) => !taken.has(one.id))
  const which = left.length === certain.length ? "all" : "the other"
  return html`<section class="demands">${left.length ? html`<p><${Act} off=${off} look="" act=${() => act("take", left.map((one) => one.id))}>${icon("tick")}${left.length > 1 ? `Take on ${which} ${left.length} that are certain` : "Take on the one that is certain"}<//></p>` : null}${wrong}
    <details class="fold"><summary>What is demanded: ${told.due_words}</summary><ul class="list">${told.due.map((one) => html`<li key=${one.id}>
      <span class="grow"><b>${one.demand}</b><span class="meta says">${one.because}</span></span><span class="chip ${one.is_certain ? "no" : "hot"}">${one.is_certain ? "certain" : "possible"}</span>
      ${taken.has(one.id) ? html`<span class="chip yes">${icon("tick", "s")}taken on</span>` : html`<${Act} off=${off} act=${() => act("take", [one.id])}>Take on<//>`}</li>`)}</ul></details></section>`
}

// Where groups are proved in the plan, which milestone fulfils a promise, and whether promises were kept at launch.
export function Proof({ doc }) {
  const [act, wrong, off] = useActs(doc), { told } = useAsked(doc), plan = doc.list(...PLAN).value
  return html`<section class="proof">${wrong}<${Groups} doc=${doc} act=${act} off=${off} plan=${plan} /><${Planned} doc=${doc} act=${act} off=${off} plan=${plan} />
    ${told?.launch.promises.length ? html`<${Launch} doc=${doc} told=${told.launch} />` : null}</section>`
}

function Groups({ doc, act, off, plan }) {
  const groups = doc.list(PART, "groups").value, targets = doc.list("milestones", "targets").value
  if (!groups.length) return null
  const told = (id) => {
    if (targets.includes(raw(doc, "groups", id, "target"))) return html`<span class="chip yes">${icon("tick", "s")}a target of the plan</span>`
    if (!raw(doc, "groups", id, "gap") || !plan.includes(raw(doc, "groups", id, "milestone"))) return html`<span class="meta">Name the largest gap and the milestone first.</span>`
    return html`<${Act} off=${off} act=${() => act("target", [id])}>Make it a target of the plan<//>`
  }
  return html`<h2>Prove it in the plan</h2><ul class="list">${groups.map((id) => html`<li key=${id}><span class="grow" dir="auto">${doc.title(PART, "groups", id)}</span>${told(id)}</li>`)}</ul>`
}

function Planned({ doc, act, off, plan }) {
  const promises = doc.list(PART, "obligations").value, of = (id) => raw(doc, "obligations", id, "milestone"), isTied = (id) => plan.includes(of(id))
  // One that says that it is planned names no milestone that is gone.
  const left = promises.filter((id) => !isTied(id) && ![...SETTLED, ...(of(id) ? [] : ["planned"])].includes(raw(doc, "obligations", id, "state")))
  if (!promises.length) return null
  return html`<div class="row"><h2 class="grow">In the plan</h2>${left.length > 1 ? html`<${Act} off=${off} act=${() => act("plan", left)}>Make milestones of ${left.length}<//>` : null}</div>
    <ul class="list">${promises.map((id) => html`<li key=${id}><span class="grow" dir="auto">${doc.title(PART, "obligations", id)}</span>
      ${isTied(id) ? html`<span class="chip yes">${icon("tick", "s")}<bdi>${doc.title(...PLAN, of(id))}</bdi></span>` : html`<${Tie} doc=${doc} id=${id} act=${act} off=${off} plan=${plan} />`}</li>`)}</ul>`
}

function Tie({ doc, id, act, off, plan }) {
  return html`<${Act} off=${off} act=${() => act("plan", [id])}>Make a milestone<//>
    ${plan.length ? html`<select class="control" aria-label=${`Milestone of the plan that fulfils: ${doc.title(PART, "obligations", id)}`} disabled=${off} onChange=${(e) => { if (e.target.value) act("tie", [id], e.target.value); e.target.value = "" }}>
      <option value="">or one of the plan …</option>${plan.map((one) => html`<option key=${one} value=${one}>${doc.title(...PLAN, one)}</option>`)}</select>` : null}`
}

function Launch({ doc, told }) {
  const asked = told.promises.filter((one) => one.is_asked).length
  return html`<details class="fold"><summary>At launch: was it kept? ${asked} of ${counted(told.promises.length, "promise")} asked again</summary>
    <table class="tbl"><thead><tr>${told.head.map((said) => html`<th key=${said} scope="col">${said}</th>`)}</tr></thead><tbody>${told.rows.map((row) => html`<tr key=${row[0]}>${row.map((cell, n) => html`<td key=${n}>${cell}</td>`)}</tr>`)}</tbody></table>
    <p class="meta">A measure that has not been asked about again may still count or not, so it widens the band at launch.</p>
    ${told.promises.map((one) => html`<section key=${one.list + one.id} class="kept2"><div><p class="meta">Promised at the design</p><p dir="auto">${one.words}</p>${one.promised ? html`<p class="meta" dir="auto">${one.promised}</p>` : null}</div>
      <${Sheet} doc=${doc} data=${{ part: PART, list: one.list, record: one.id, topic: "launch" }} /></section>`)}</details>`
}
