// The ethics step: eight questions one at a time, then the result with what it rests on, what the law asks, and what is asked in depth.
import { useEffect, useRef, useState } from "./vendor/hooks.js"
import { arrival, arrived, follow, pageHref, pageOf, placeHref } from "./address.js"
import { newId, root, UNKNOWN } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { One } from "./one.js"
import { Onward } from "./onward.js"
import { FIRST_WAIT, longer, read, sendOnce, sleep } from "./server.js"
import { Question, Sheet } from "./sheet.js"

const PART = "ethics"
export const REASON = "_reason"
const NOT_REACHED = "The server cannot be reached, so this answer is not saved. Try again in a moment."
export const EIGHT = [
  { id: "yes", label: "Yes", key: "Y" },
  { id: "no", label: "No", key: "N" },
  { id: UNKNOWN, label: "Not known yet", note: "counts as yes until somebody knows", key: "?", dashed: true },
]
export const LOOKS = { yes: "hot", no: "", [UNKNOWN]: "open" }
const ICON = { low: "shield", promise: "hand", unknown: "info", high: "at_risk", forbidden: "stopped", law: "info", ask: "info" }

// What the rules make of the answers: fetched anew whenever somebody changes the step. An answer that is on its way stands
// for what the server told without it.
export function useAsked(doc) {
  const [told, tell] = useState(null), [sent, setSent] = useState([]), path = `projects/${doc.project}/ethics`
  const take = (next) => tell((now) => (now && now.number > next.number ? now : next))
  useEffect(() => {
    let isLeft = false, waiting = 0
    const load = async (wait = FIRST_WAIT) => {
      try {
        const answer = await read(path)
        if (!isLeft && answer.ok) take(answer.told)
      } catch { if (!isLeft) { await sleep(wait); load(longer(wait)) } }
    }
    const hear = (event) => {
      if (event.part && event.part !== PART) return
      clearTimeout(waiting)
      waiting = setTimeout(load, 60)
    }
    doc.ears.add(hear)
    load()
    return () => { isLeft = true; clearTimeout(waiting); doc.ears.delete(hear) }
  }, [doc])
  const [wrong, complain] = useState("")
  const answer = async (about, { id, chosen: seen }, next) => {
    complain("")
    const mine = { about, id, chosen: seen === next ? "" : next }
    setSent((now) => [...now, mine])
    const saved = await sendOnce(path, { ...mine, seen }, NOT_REACHED)
    if (saved.ok) take(saved)
    else {
      complain(saved.error)
      const back = await read(path).catch(() => null)
      if (back?.ok) take(back.told)
    }
    setSent((now) => now.filter((one) => one !== mine))
  }
  const answered = (now, { about, id, chosen }) => ({ ...now, [about]: now[about].map((q) => (q.id === id ? { ...q, chosen } : q)) })
  return { told: told && sent.reduce(answered, told), wrong, answer }
}

const screening = (doc) => doc.specs(PART, "").filter((s) => s.topic === "screening" && s.kind === "choice")
const fieldOf = (doc, name) => doc.field(`${PART}///${name}`)

// --- the eight questions

function Eight({ doc, specs, at, go, toResult, led }) {
  const spec = specs[at], f = fieldOf(doc, spec.name), chosen = f.raw, archived = Boolean(doc.archived.value)
  const reason = doc.spec(PART, "", spec.name + REASON), here = `${PART}///${spec.name}`
  const onward = () => (at + 1 < specs.length ? go(at + 1) : toResult())
  const choose = (id) => {
    f.type(chosen === id && id !== "no" ? "" : id)
    if (id === "no" || id === UNKNOWN) onward()
  }
  useEffect(() => { doc.at(here) }, [here])
  const states = specs.map((s) => (fieldOf(doc, s.name).raw ? "f" : ""))
  const who = doc.people.value.filter((p) => p.at.startsWith(here))
  const foot = html`<a class="linkb" href=${tabHref(doc, "concerns")} onClick=${follow}>Raise a concern without a name</a>`
  return html`<${One} id=${spec.name} ask=${spec.label} help=${spec.help} options=${EIGHT} chosen=${chosen} choose=${choose} off=${archived}
      back=${at ? () => go(at - 1) : null} next=${onward} dots=${states} at=${at} who=${who} foot=${foot} led=${led}
      said=${at ? "Eight quick questions" : "Eight quick questions, two minutes in all"}>
    ${f.wrong.value ? html`<p class="wrong" role="alert">${f.wrong.value}</p>` : null}
    ${chosen === "yes" ? html`<div class="sheet why"><${Question} doc=${doc} part=${PART} spec=${reason} /></div>` : null}<//>`
}

const tabHref = (doc, tab) => pageHref(root, PART, doc.project, tab)

// --- the law, one question at a time

function Law({ doc, asked, at, go, answer, rules, said }) {
  const q = asked[at], archived = Boolean(doc.archived.value)
  const choose = async (id) => {
    const isNew = !q.chosen
    await answer("law", q, id)
    if (isNew) go(null)
  }
  return html`<${One} id=${q.id} ask=${q.ask} help=${q.help} source=${q.source} options=${lettered(q)} chosen=${q.chosen} choose=${choose}
    off=${archived} back=${at ? () => go(at - 1) : () => go(-1)} next=${at + 1 < asked.length ? () => go(at + 1) : null} said=${said}>
    <${Earlier} q=${q} />
    <p class="meta one-rules">${rules} It is no legal advice.</p><//>`
}

const Earlier = ({ q }) => (q.earlier ? html`<p class="meta">Answered to an earlier wording, which does not count any more: ${q.earlier}</p>` : null)

const lettered = ({ options }) => [
  ...options.map(([id, label], i) => ({ id, label, key: String.fromCharCode(65 + i) })),
  { id: UNKNOWN, label: "Not known yet", note: "keeps every possibility open", key: "?", dashed: true },
]

// --- the result

function Answers({ doc, specs, told, open }) {
  return html`<table class="tbl eight"><thead><tr><th>Eight questions</th><th>Answer</th><th>How</th></tr></thead>
    <tbody>${specs.map((spec, i) => {
      const raw = fieldOf(doc, spec.name).raw, kept = told.promises[spec.name] ?? []
      const words = raw === "yes" && kept.length ? "Yes, promised away" : EIGHT.find((o) => o.id === raw)?.label ?? "Not answered yet"
      const reason = fieldOf(doc, spec.name + REASON).raw
      return html`<tr key=${spec.name}><td><button type="button" class="linkb ink" onClick=${() => open(i)}>${spec.label}</button></td>
        <td><span class="chip ${raw ? LOOKS[raw] : "open"}">${raw === "yes" ? icon("hand", "s") : null}${words}</span></td>
        <td dir="auto">${reason && reason !== UNKNOWN ? reason : ""}</td></tr>`
    })}</tbody></table>`
}

const placeLink = (doc, place) => placeHref(root, doc, PART, place)

function Promises({ doc, told, specs }) {
  const rows = specs.flatMap((s) => told.promises[s.name] ?? [])
  if (!rows.length) return null
  return html`<div class="card"><h3>${rows.length === 1 ? "One promise keeps it low" : "These promises keep it low"}</h3>
    ${rows.map(([id, words, owner]) => html`<p key=${id} class="kept"><a href=${placeLink(doc, `obligations.${id}.`)} onClick=${follow} dir="auto">${words}</a>
      <span class="meta" dir="auto">${owner}</span></p>`)}</div>`
}

function Promise_({ doc, specs, told }) {
  const wanted = specs.filter((s) => fieldOf(doc, s.name).raw === "yes" && !told.promises[s.name]?.length)
  const [words, write] = useState({}), [owners, own] = useState({})
  const add = (name) => {
    const record = newId()
    const cells = { demand: [null, words[name]], keeps_low: [null, name], owner: [null, owners[name]], state: [null, "planned"] }
    doc.rows(PART, [{ list: "obligations", record, new: true, cells }])
  }
  return html`<div class="promising">${wanted.map((s) => {
    const isReady = words[s.name]?.trim() && owners[s.name]?.trim()
    return html`<form key=${s.name} class="card" onSubmit=${(e) => { e.preventDefault(); if (isReady) add(s.name) }}>
      <h3>${s.label}</h3><p class="meta" dir="auto">${fieldOf(doc, s.name + REASON).raw || "Yes."}</p>
      <label class="label" for=${`p-${s.name}`}>We promise that</label>
      <textarea id=${`p-${s.name}`} rows="2" dir="auto" maxlength="300" value=${words[s.name] ?? ""} onInput=${(e) => write({ ...words, [s.name]: e.currentTarget.value })}
        placeholder="nobody is rated by how often they change an order."></textarea>
      <label class="label" for=${`o-${s.name}`}>Who answers for it</label>
      <div class="row"><input id=${`o-${s.name}`} type="text" dir="auto" maxlength="300" value=${owners[s.name] ?? ""} onInput=${(e) => own({ ...owners, [s.name]: e.currentTarget.value })} />
        <button class="btn" disabled=${!isReady}>Promise it</button></div></form>`
  })}</div>`
}

function Fold({ title, isOpen, children }) {
  const [open, set] = useState(isOpen)
  return html`<details class="fold" open=${open} onToggle=${(e) => set(e.currentTarget.open)}><summary>${title}</summary>${open ? children : null}</details>`
}

function Result({ doc, specs, told, open, toLaw, isOver }) {
  const { turn, title, lead, why, again, questions } = told.result, isHigh = turn === "high"
  const sheet = (topic) => html`<${Sheet} doc=${doc} data=${{ part: PART, topic }} quiet=${true} />`
  const onward = useRef()
  // Whoever has just answered the last question goes on with Enter.
  useEffect(() => { if (isOver) onward.current?.querySelector("a, button")?.focus({ preventScroll: true }) }, [isOver])
  const next = turn === "law" ? html`<button type="button" class="btn p big" onClick=${() => toLaw(null)}>Go on${icon("next", "dir")}</button>` : null
  return html`<section class="verdict" aria-label="Result"><div class="main">
      <h2 class="result ${turn}" tabindex="-1">${icon(ICON[turn])}<span>${title}</span></h2>
      <p class="lead" role="status">${lead}</p><div ref=${onward}>${next ?? html`<${Onward} doc=${doc} part=${PART} />`}</div>
      ${isHigh ? html`<div class="card"><h3>Hand over to compliance</h3>${sheet("handover")}
        <p class="meta">${told.handed ? `With ${told.handed}. You keep working; the charter waits.` : "They find the questions under In depth. You keep working; the charter waits for them."}</p>
        ${questions ? html`<a class="btn" href=${tabHref(doc, "depth")} onClick=${follow}>Show the questions</a>` : null}</div>` : null}
      ${turn === "promise" ? html`<${Promise_} doc=${doc} specs=${specs} told=${told} />` : null}
      ${isHigh ? html`<${Fold} title="The eight answers" isOpen=${false}><${Answers} doc=${doc} specs=${specs} told=${told} open=${open} /><//>`
        : html`<${Answers} doc=${doc} specs=${specs} told=${told} open=${open} />`}
      ${told.law.length && turn !== "law" ? html`<${Fold} title=${`By law: ${told.class}`} isOpen=${false}><${LawAnswers} asked=${told.law} open=${toLaw} />
        <p class="meta">${told.rules} It is no legal advice.</p><//>` : null}
    </div><aside class="beside">
      ${turn === "low" ? html`<${Promises} doc=${doc} told=${told} specs=${specs} />` : null}
      ${why.length && turn !== "low" ? html`<h3>Why look closer</h3><ul class="reasons">${why.map(([words, isUnknown]) => html`<li key=${words}>${icon(isUnknown ? "info" : "tick", "s")}
        <span>${words}${isUnknown ? html`: <span class="unk">not known yet</span>, counts as yes` : null}</span></li>`)}</ul>` : null}
      ${again ? html`<h3>When it would be asked again</h3><p>${again}</p>` : null}
      ${turn === "low" || isHigh ? html`<${Fold} title=${isHigh ? "Who clears it" : "Want a second look?"} isOpen=${isHigh || Boolean(fieldOf(doc, "cleared_by").raw)}>
        ${sheet("clearance")}<${Cleared} told=${told} isTold=${Boolean(fieldOf(doc, "cleared_by").raw)} /><//>` : null}
    </aside></section>`
}

// Green is what a named person cleared, and nothing else.
function Cleared({ told, isTold }) {
  const [kind, label, reason] = told.state
  if (kind === "cleared") return html`<p><span class="chip yes">${icon("tick", "s")}${label}</span></p>`
  return isTold ? html`<p class="meta">It does not count as cleared yet: ${reason}</p>` : null
}

function LawAnswers({ asked, open }) {
  return html`<table class="tbl"><thead><tr><th>Asked</th><th>Answer</th><th>Article</th></tr></thead><tbody>${asked.map((q, i) => html`<tr key=${q.id}>
    <td><button type="button" class="linkb ink" onClick=${() => open(i)}>${q.ask}</button></td>
    <td>${q.chosen === UNKNOWN ? html`<span class="chip open">Not known yet</span>` : q.options.find(([id]) => id === q.chosen)?.[1] ?? "Not answered yet"}</td><td>${q.source}</td></tr>`)}</tbody></table>`
}

// The question that somebody was led to: its place among the eight, or the law.
function led(doc, specs) {
  const to = arrival.value
  if (!to || to.page !== pageOf(location.href) || to.list) return null
  const at = specs.findIndex((s) => to.at === s.name || to.at === s.name + REASON)
  return at >= 0 ? { at, number: to.number } : to.at === "legal_path" ? { law: true, number: to.number } : null
}

export function Screening({ doc }) {
  const specs = screening(doc), { told, wrong, answer } = useAsked(doc), to = led(doc, specs)
  const first = specs.findIndex((s) => !fieldOf(doc, s.name).raw)
  // What is shown: a number is one of the eight; "law" with its place; "result". Until somebody goes on, where they left off.
  const [shown, show] = useState(() => (first < 0 ? "result" : first)), [lawAt, setLaw] = useState(null), [isOver, setOver] = useState(false)
  useEffect(() => {
    if (!to) return
    if (to.law) { show("law"); setLaw(null) } else show(to.at)
    arrived()
  }, [to?.number])
  if (typeof shown === "number") return html`<${Eight} doc=${doc} specs=${specs} at=${shown} go=${show} led=${to?.number}
    toResult=${() => { setOver(true); show(first >= 0 && first !== shown ? first : "result") }} />`
  if (!told) return html`<p class="meta" role="status">One moment…</p>`
  const open = (i) => show(i), toLaw = (at) => { setLaw(at); show("law") }
  const place = lawAt ?? told.law.findIndex((q) => !q.chosen)
  const goLaw = (at) => { if (at === -1) show("result"); else setLaw(at) }
  return html`${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : null}
    ${shown === "law" && told.law[place] ? html`<${Law} doc=${doc} asked=${told.law} at=${place} go=${goLaw} answer=${answer} rules=${told.rules} said="What the law says" />`
      : html`<${Result} doc=${doc} specs=${specs} told=${told} open=${open} toLaw=${toLaw} isOver=${isOver} />`}`
}

// --- in depth

export function Depth({ doc }) {
  const { told, wrong, answer } = useAsked(doc), [at, setAt] = useState(null), [isList, asList] = useState(false)
  const to = arrival.value
  useEffect(() => { if (to?.at === "checklist") arrived() }, [to?.number])
  if (!told) return html`<p class="meta" role="status">One moment…</p>`
  const open = told.deciding.length, asked = told.depth
  if (!asked.length) return html`<p class="lead">Nothing is asked in depth. The eight questions and the law give no reason to.</p>`
  const first = asked.findIndex((q) => told.deciding.includes(q.id) && !q.chosen), isOver = at === null && first < 0
  const place = at ?? Math.max(0, first)
  const said = open ? `${open === 1 ? "One question decides" : `${open} questions decide`} how large the impact is` : "Enough is answered"
  const choose = async (id) => { const isNew = !asked[place].chosen; await answer("depth", asked[place], id); if (isNew) setAt(null) }
  const look = html`<div class="row bar"><span class="meta grow">${said}${told.handed ? `. With ${told.handed}` : ""}</span>
    <div class="seg" role="group" aria-label="Show as">${[[false, "One at a time"], [true, "List"]].map(([is, label]) => html`
      <button key=${label} type="button" aria-pressed=${String(is === isList)} onClick=${() => asList(is)}>${label}</button>`)}</div></div>`
  const q = asked[place]
  const known = doc.list(PART, "checklist").value.includes(q.id)
  return html`${look}${wrong ? html`<p class="wrong" role="alert">${wrong}</p>` : null}
    ${isList || isOver ? html`<${List} asked=${asked} deciding=${told.deciding} open=${(i) => { setAt(i); asList(false) }} />`
      : html`<${One} id=${q.id} ask=${q.ask} help=${q.help} options=${lettered(q)} chosen=${q.chosen} choose=${choose} off=${Boolean(doc.archived.value)}
        back=${place ? () => setAt(place - 1) : null} next=${place + 1 < asked.length ? () => setAt(place + 1) : null} said=${q.source}>
        <${Earlier} q=${q} />
        ${known ? html`<${Fold} key=${q.id} title="Reason, evidence, who looks after it" isOpen=${q.chosen === "not_applicable"}>
          ${q.chosen === "not_applicable" ? html`<p class="meta">“Does not apply” counts as soon as it has a reason.</p>` : null}
          <${Sheet} doc=${doc} data=${{ part: PART, list: "checklist", record: q.id, topic: "note" }} /><//>` : null}<//>`}`
}

function List({ asked, deciding, open }) {
  const areas = [...new Set(asked.map((q) => q.source))]
  return html`${areas.map((area) => html`<h3 key=${area}>${area}</h3><ul class="list">${asked.map((q, i) => (q.source === area ? html`<li key=${q.id}>
    <button type="button" class="linkb ink grow" onClick=${() => open(i)}>${q.ask}</button>
    <span class="chip ${q.chosen && q.chosen !== UNKNOWN ? "" : "open"}">${q.chosen === UNKNOWN ? "Not known yet" : q.options.find(([id]) => id === q.chosen)?.[1]
      ?? (deciding.includes(q.id) ? "Open, decides" : "Open")}</span></li>` : null))}</ul>`)}`
}
