// What a file would change, step by step: each change is taken or left, and where somebody else wrote the same since, one of both.
import { useEffect, useMemo, useState } from "./vendor/hooks.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { ago, counted, dayWords, today, useClock } from "./times.js"

const KINDS = { workbook: "the workbook", charter: "the file", inventory: "the inventory", plan: "the plan" }
const FREE = "free", SAME = "same", CONFLICT = "conflict", GONE = "gone", CHOICE_MS = 250

// Which changes are taken: all that meet nothing else, unless somebody leaves them, and what is removed only if somebody ticks it;
// of two answers the file's, if it is chosen.
function useChoice(all) {
  const [left, leave] = useState(() => new Set(all.filter((one) => one.sort === "removed").map((one) => one.id))), [over, set] = useState({})
  const byId = useMemo(() => new Map(all.map((one) => [one.id, one])), [all])
  const isWanted = (one) => (one.stands === FREE ? !left.has(one.id) : one.stands === CONFLICT && over[one.id] === one.mark)
  const lacks = (one) => one.needs.map((id) => byId.get(id)).find((need) => need && need.stands !== SAME && !isTaken(need))
  const isTaken = (one) => isWanted(one) && !lacks(one)
  const toggle = (ids, on) => leave((now) => { const next = new Set(now); for (const id of ids) { if (on) next.delete(id); else next.add(id) } return next })
  const decide = (one, mine) => set((now) => ({ ...now, [one.id]: mine ? one.mark : "" }))
  return { isTaken, isWanted, lacks, toggle, decide, over }
}

// What becomes of the project by what is chosen; asked for when the choice rests.
function useThen(asked, tell) {
  const [then, say] = useState(""), key = JSON.stringify(asked)
  useEffect(() => {
    if (!asked.take.length) { say(""); return undefined }
    let isLeft = false
    const due = setTimeout(async () => {
      const answer = await tell(asked)
      if (!isLeft) say(answer.then ?? "")
    }, CHOICE_MS)
    return () => { isLeft = true; clearTimeout(due) }
  }, [key])
  return then
}

export function Changes({ doc, told, isBusy, save, trial, forget }) {
  useClock()
  const all = useMemo(() => told.steps.flatMap((step) => step.changes), [told]), choice = useChoice(all)
  const of = (stands) => all.filter((one) => one.stands === stands), clashes = of(CONFLICT), same = of(SAME), gone = of(GONE)
  const open = all.filter((one) => one.stands === FREE || one.stands === CONFLICT), taken = open.filter(choice.isTaken)
  const since = told.revision ? ` since ${told.at ? dayWords(today(new Date(told.at))) : `change ${told.revision}`}` : ""
  const said = open.length ? `${counted(open.length, "change")} in ${KINDS[told.kind]}${since}.` : same.length ? "Everything that was changed in this file stands here already." : "Nothing was changed in this file."
  const asked = { take: taken.map((one) => one.id), over: Object.fromEntries(taken.filter((one) => one.stands === CONFLICT).map((one) => [one.id, one.mark])) }
  const then = useThen(asked, trial)
  const undecided = clashes.find((one) => choice.over[one.id] === undefined), no = told.refused.length + gone.length
  const to = (id, words) => html`<button type="button" class="linkb" onClick=${(event) => event.target.getRootNode().getElementById(id)?.scrollIntoView({ block: "center", behavior: "smooth" })}>${words}</button>`
  const next = undecided ? html`Next: choose between two answers to ${to(`row-${undecided.id}`, undecided.what)}. What stands here stays, unless you choose the file’s.`
    : open.length ? "Next: look through the changes, then take them over." : ""
  return html`<h1>${said}</h1><p class="meta"><bdi>${told.name}</bdi> · <button type="button" class="linkb" onClick=${forget}>Choose another file</button>${no ? html` · ${to("cannot", `${no} cannot be taken over`)}` : null}</p>
    ${next ? html`<p class="next">${icon("next", "dir")}<span>${next}</span></p>` : null}
    ${told.steps.map((step) => html`<${Step} key=${step.part} step=${step} doc=${doc} choice=${choice} />`)}
    <${Refused} refused=${told.refused} gone=${gone} doc=${doc} />
    ${same.length ? html`<details class="fold"><summary>${counted(same.length, "change")} that ${same.length === 1 ? "stands" : "stand"} here already</summary><ul class="plain">${same.map((one) =>
      html`<li key=${one.id} dir="auto">${[one.title, one.what, one.after].filter(Boolean).join(" · ")}</li>`)}</ul></details>` : null}
    ${told.remarks.length ? html`<details class="fold" open=${!open.length}><summary>What was noticed</summary><ul class="plain">${told.remarks.map((words) => html`<li key=${words} dir="auto">${words}</li>`)}</ul></details>` : null}
    ${open.length ? html`<div class="takeover"><button type="button" class="btn p" disabled=${isBusy || !taken.length || doc.archived.value} onClick=${() => save(asked)}>${doc.archived.value ? "This project is archived" : taken.length ? `Take over ${counted(taken.length, "change")}` : "Nothing is chosen"}</button>
      <span class="meta" role="status">${taken.length < open.length ? `${open.length - taken.length} left as ${open.length - taken.length === 1 ? "it is" : "they are"}. ` : ""}${then ? html`<b>Then: ${then}.</b>` : null}</span></div>` : null}`
}

function Step({ step, doc, choice }) {
  const shown = step.changes.filter((one) => one.stands === FREE || one.stands === CONFLICT), free = shown.filter((one) => one.stands === FREE).map((one) => one.id)
  if (!shown.length) return null
  const isAll = shown.every((one) => one.stands !== FREE || choice.isWanted(one))
  return html`<section><div class="row between"><h2>${step.title}</h2>${free.length > 1 ? html`<button type="button" class="btn q sm" onClick=${() => choice.toggle(free, !isAll)}>${isAll ? "Leave all" : "Take all"}</button>` : null}</div>
    <ul class="list">${shown.map((one) => html`<${One} key=${one.id} one=${one} doc=${doc} choice=${choice} />`)}</ul></section>`
}

function One({ one, doc, choice }) {
  const isClash = one.stands === CONFLICT, lacks = choice.lacks(one), id = `take-${one.id}`
  const box = isClash ? html`<span class="box">${icon("ask", "s")}</span>` : html`<input type="checkbox" class="box" id=${id} checked=${choice.isTaken(one)} disabled=${Boolean(lacks)} onChange=${(event) => choice.toggle([one.id], event.target.checked)} />`
  const name = html`${one.title ? html`<bdi>${one.title}</bdi> · ` : null}${one.what}`
  return html`<li id=${`row-${one.id}`} class=${isClash || choice.isTaken(one) ? "" : "leftout"}>${box}<div class="grow">
    ${isClash ? html`<span class="t">${name}</span>` : html`<label class="t" for=${id}>${name}</label>`}
    ${one.place ? html` <span class="meta" dir="ltr">${one.place}</span>` : null}
    ${isClash ? html`<${Both} one=${one} doc=${doc} choice=${choice} />` : html`<${What} one=${one} />`}
    ${lacks ? html`<p class="meta">Needs “${lacks.title || lacks.what}”, which is left.</p>` : null}</div></li>`
}

function What({ one }) {
  if (one.sort === "removed") return html`<p><del dir="auto">${one.before}</del></p>`
  if (one.sort === "added") return html`<dl>${one.told.map(([label, words]) => html`<div key=${label}><dt>${label}</dt><dd dir="auto">${words}</dd></div>`)}</dl>`
  return html`<p>${one.before ? html`<del dir="auto">${one.before}</del> ` : null}${one.after ? html`<ins dir="auto">${one.after}</ins>` : html`<span class="mute">is emptied</span>`}</p>`
}

// Both answers, and which of them shall stand.
function Both({ one, doc, choice }) {
  const isMine = choice.over[one.id] === one.mark, who = one.by || "Somebody", file = one.sort === "removed" ? "removed" : one.sort === "added" ? one.title : one.after || "nothing"
  const pick = (mine, label) => html`<button type="button" aria-pressed=${isMine === mine} onClick=${() => choice.decide(one, mine)}>${label}</button>`
  return html`<div class="both"><p>${one.before ? html`<del dir="auto">${one.before}</del> was there.` : "There was nothing."}</p>
    <dl><div class=${isMine ? "leftout" : ""}><dt>${who}${one.since ? html`, ${ago(one.since, doc.skew)}` : null}</dt>${one.theirs.map((words, n) => html`<dd key=${n} dir="auto">${words || "nothing"}</dd>`)}</div>
      <div class=${isMine ? "" : "leftout"}><dt>In the file</dt><dd dir="auto">${file}</dd></div></dl>
    <div class="seg" role="group" aria-label=${`Which answer stands: ${one.what}`}>${pick(false, "Keep what is here")}${pick(true, "Take the file’s")}</div></div>`
}

// What cannot be taken, with what to do about it.
function Refused({ refused, gone, doc }) {
  if (!refused.length && !gone.length) return null
  return html`<section id="cannot"><h2>Cannot be taken over</h2><ul class="list">${refused.map((one, n) => html`<li key=${n}><span class="box poor">${icon("refused", "s")}</span><div class="grow">
      ${one.place || one.found ? html`<span class="t" dir="auto">${one.found || one.place}</span> ` : null}${one.found && one.place ? html`<span class="meta" dir="auto">${one.place}</span>` : null}<p>${one.why}</p></div></li>`)}
    ${gone.map((one) => html`<li key=${one.id}><span class="box poor">${icon("refused", "s")}</span><div class="grow"><span class="t">${one.title ? html`<bdi>${one.title}</bdi> · ` : null}${one.what}</span> <span class="meta">${one.place}</span>
      <p><ins dir="auto">${one.after || one.title}</ins></p><p>${one.by || "Somebody"} removed the entry${one.since ? html` ${ago(one.since, doc.skew)}` : null}. Bring it back in History, then look again.</p></div></li>`)}</ul></section>`
}
