// What was measured of a target or a monitor: a small line on its way to the number, and the next reading noted where one looks.
import { useState } from "./vendor/hooks.js"
import { placeHref, follow } from "./address.js"
import { course, LOOKS } from "./course.js"
import { UNKNOWN } from "./doc.js"
import { html } from "./html.js"
import { icon } from "./icons.js"
import { Later, root, send } from "./server.js"
import { Question } from "./sheet.js"
import { dayWords, isoOf, today } from "./times.js"
import { named } from "./words.js"

const WIDE = 120, HIGH = 34, DOT = 4
const figure = (value, unit) => `${Number(value.toPrecision(6)).toLocaleString("en", { maximumFractionDigits: 6 })}${unit ? `\u00a0${unit}` : ""}`

// Readings in order of time, the last of each day: [[iso, value]].
function series(doc, part, list, link, id) {
  const of = (row, name) => doc.cell(`${part}/${list}/${row}/${name}`).value.value
  const days = new Map()
  for (const row of doc.list(part, list).value) {
    if (of(row, link) !== id) continue
    const when = of(row, "when"), value = of(row, "value")
    if (when && typeof value === "number") days.set(when, value)
  }
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1))
}

// The readings as a line, the number asked for as dashes.
function Spark({ points, goal, look, says }) {
  if (!points.length) return html`<span class="spark none meta">no reading yet</span>`
  const values = points.map(([, value]) => value).concat(goal ?? []), low = Math.min(...values), high = Math.max(...values)
  const days = points.map(([day]) => Date.parse(day)), from = Math.min(...days), to = Math.max(...days)
  const x = (at) => (to > from ? DOT + ((at - from) / (to - from)) * (WIDE - 2 * DOT) : WIDE - DOT)
  const y = (value) => (high > low ? HIGH - DOT - ((value - low) / (high - low)) * (HIGH - 2 * DOT) : HIGH / 2)
  const line = points.map(([day, value]) => `${x(Date.parse(day)).toFixed(1)},${y(value).toFixed(1)}`).join(" "), end = points.at(-1)
  return html`<svg class="spark ${look}" viewBox="0 0 ${WIDE} ${HIGH}" width=${WIDE} height=${HIGH} role="img" aria-label=${says}>
    ${goal == null ? null : html`<line class="goal" x1="0" x2=${WIDE} y1=${y(goal)} y2=${y(goal)} />`}
    <polyline points=${line} /><circle cx=${x(Date.parse(end[0]))} cy=${y(end[1])} r="3.5" /></svg>`
}

// One number with its line: what it is, where it stands, what is asked of it.
function Measured({ href, kind, name, points, unit, goal, asks, state, icon: picture, look, rule }) {
  const last = points.at(-1), stands = last ? figure(last[1], unit) : "", says = `${name}: ${points.map(([day, value]) => `${dayWords(day)} ${figure(value, unit)}`).slice(-6).join(", ")}; ${asks}`
  return html`<li class="measured"><div class="grow">${kind ? html`<span class="meta">${kind}</span>` : null}
      <a class="t" href=${href} onClick=${follow} dir="auto">${name}</a>
      <span class="small">${stands ? html`<b>${stands}</b> ` : null}<span class="meta">${asks}</span></span></div>
    <${Spark} points=${points} goal=${goal} look=${look} says=${says} />
    <span class="stands ${look}" title=${rule}>${icon(picture, "s")}${state}</span></li>`
}

function meets(value, direction, goal) {
  if (typeof value !== "number" || typeof goal !== "number") return null
  return direction === "at_least" ? value >= goal : direction === "at_most" ? value <= goal : null
}

const FAMILY = { ml: "Learning", software: "Software", business: "Business" }
const STATES = { done: ["tick", "met", "met"], late: ["close", "missed", "missed"], at_risk: ["at_risk", "at risk", "risky"], on_track: ["on_track", "on track", "met"], unknown: ["ring", "not known", ""], not_started: ["ring", "to come", ""] }

// The targets of a milestone, each with what it asks for.
function targetsOf(doc, milestone) {
  const of = (id, name) => doc.cell(`milestones/targets/${id}/${name}`).value
  return doc.list("milestones", "targets").value.filter((id) => of(id, "milestone").value === milestone).map((id) => {
    const typed = of(id, "target"), direction = of(id, "direction").value, unit = String(of(id, "unit").value || "").trim()
    const goal = typeof typed.value === "number" ? typed.value : null
    const asks = goal === null ? "no number yet" : `${direction === "at_most" ? "at most" : direction === "at_least" ? "at least" : "target"} ${figure(goal, unit)}`
    const slice = String(of(id, "slice").value || "").trim()
    return { id, name: named(doc, "milestones", "targets", id) + (slice ? ` (${slice})` : ""), family: of(id, "family").value, direction, goal, unit, asks }
  })
}

// Facts, targets with their readings, and the gate of a milestone.
export function AboutMilestone({ doc, id, archived }) {
  const told = course(doc).value, row = told?.rows[id], targets = targetsOf(doc, id)
  const of = (name) => doc.cell(`milestones/milestones/${id}/${name}`).value.typed
  const facts = [["Signed", row?.signed], row?.reached ? ["Reached", row.reached] : ["Half of all cases", row?.half], row?.reached ? null : ["8 of 10", row?.most]].filter(Boolean)
  const points = new Map(targets.map((t) => [t.id, series(doc, "milestones", "readings", "target", t.id)]))
  const isMet = (t, value = points.get(t.id).at(-1)?.[1]) => meets(value, t.direction, t.goal) === true
  const preview = (target, value) => {
    const it = targets.find((t) => t.id === target), good = it && meets(value, it.direction, it.goal)
    if (good == null) return ""
    const missed = targets.filter((t) => (t === it ? !good : !isMet(t))).length
    return `${good ? "would meet the target" : "would not meet the target"}; ${missed ? `${missed} of ${targets.length} not met` : "all are met"}`
  }
  return html`<div class="about">
    ${row ? html`<p class="stand"><span class="badge ${LOOKS[row.state] ?? ""}">${row.label}</span> <span class="meta">${row.rule}</span></p>` : null}
    ${row?.met && !of("reached_on") && !archived ? html`<p class="banner"><span class="grow">All targets are met since ${dayWords(row.met)}.</span>
      <button class="btn sm" onClick=${() => reached(doc, id, row.met)}>Note it as reached</button></p>` : null}
    <dl class="facts3">${facts.map(([label, day]) => html`<div key=${label}><dt>${label}</dt><dd>${day ? dayWords(day) : "not known"}</dd></div>`)}</dl>
    <h3>Targets</h3>
    ${targets.length ? html`<ul>${targets.map((t) => {
      const [state, label, rule] = told?.targets[t.id] ?? ["unknown", "", ""], [picture, word, look] = STATES[state] ?? STATES.unknown
      return html`<${Measured} key=${t.id} href=${placeHref(root, doc, "milestones", `targets.${t.id}.`)} kind=${FAMILY[t.family] ?? ""} name=${t.name} points=${points.get(t.id)}
        unit=${t.unit} goal=${t.goal} asks=${points.get(t.id).length ? `of ${t.asks}` : t.asks} state=${label ? word : ""} icon=${picture} look=${look} rule=${rule} />`
    })}</ul>` : html`<p class="meta">No number says yet when it is reached. <a href=${placeHref(root, doc, "milestones", "targets..")} onClick=${follow}>Give it a target</a></p>`}
    ${archived || !targets.length ? null : html`<${Note} doc=${doc} about=${targets.map(({ id: one, name, unit }) => [one, name, unit])} preview=${preview} />`}
    <${Gate} doc=${doc} id=${id} of=${of} archived=${archived} /></div>`
}
const reached = (doc, id, day) => doc.rows("milestones", [{ list: "milestones", record: id, cells: { reached_on: [null, dayWords(day)] } }])

const DECISIONS = [["go", "Go on"], ["rework", "Rework"], ["stop", "Stop"]]
function Gate({ doc, id, of, archived }) {
  const place = `milestones/milestones/${id}`, gate = of("gate"), on = of("gate_on") || of("due"), rule = of("kill_criteria"), who = of("decider")
  const decide = (what) => {
    const was = (name) => doc.cell(`${place}/${name}`).peek().value
    doc.rows("milestones", [{ list: "milestones", record: id, cells: { gate: [was("gate"), what], gate_on: [was("gate_on"), what ? dayWords(today()) : ""] } }])
  }
  const isSaid = (typed) => typed && typed !== UNKNOWN
  return html`<h3>Gate${isSaid(on) ? `, ${on}` : ""}</h3>
    <p class="small">${isSaid(rule) ? html`Stop or rework if: <span dir="auto">${rule}</span> ` : "It is not agreed yet when to stop or rework. "}
      <bdi>${isSaid(who) ? who : "Nobody is named who"}</bdi> decides.</p>
    <div class="row gate"><span class="seg" role="group" aria-label="Decision at the gate">${DECISIONS.map(([value, label]) => html`
      <button key=${value} aria-pressed=${String(gate === value)} disabled=${archived} onClick=${() => decide(gate === value ? "" : value)}>${label}</button>`)}</span></div>
    ${gate && !archived ? html`<div class="sheet"><${Question} doc=${doc} part="milestones" list="milestones" record=${id} spec=${doc.spec("milestones", "milestones", "gate_reason")} /></div>` : null}`
}

// Where a monitor stands, with its line, and the next reading.
export function AboutMonitor({ doc, id, archived }) {
  const of = (name) => doc.cell(`rollout/monitors/${id}/${name}`).value, told = course(doc).value?.monitors[id]
  const unit = String(of("unit").value || "").trim(), goal = typeof of("threshold").value === "number" ? of("threshold").value : null
  const bound = of("bound").value, asks = goal === null ? "no threshold yet" : `alarm ${bound === "below" ? "below" : "above"} ${figure(goal, unit)}`
  const name = String(of("metric").value || "") || named(doc, "rollout", "monitors", id)
  return html`<div class="about"><ul><${Measured} href=${placeHref(root, doc, "rollout", `monitors.${id}.threshold`)} name=${name} points=${series(doc, "rollout", "readings", "monitor", id)}
      unit=${unit} goal=${goal} asks=${asks} ...${alarm(told)} /></ul>
    ${told ? html`<p class="meta">${told[2]}</p>` : null}
    ${archived ? null : html`<${Note} doc=${doc} about=${[[id, name, unit]]} />`}</div>`
}
export const alarm = (told) => ({
  state: told?.[1] ?? "", rule: told?.[2] ?? "", icon: told?.[0] === "raised" ? "at_risk" : told?.[0] === "calm" ? "tick" : "ring",
  look: told?.[0] === "raised" ? "missed" : told?.[0] === "calm" ? "met" : "",
})

// A reading in one line: of what, the value, the day. What cannot be true is refused at its field.
function Note({ doc, about, preview }) {
  const [of, setOf] = useState(about[0][0]), [value, setValue] = useState(""), [when, setWhen] = useState(dayWords(today()))
  const [wrong, setWrong] = useState({}), [said, setSaid] = useState(""), [isBusy, setBusy] = useState(false)
  const chosen = about.find(([id]) => id === of) ?? about[0], typed = Number(value.replace(/%|\s/g, "").replace(/,(?=\d{3}\b)/g, ""))
  const tell = value.trim() && !Number.isNaN(typed) && preview ? preview(chosen[0], typed) : ""
  const save = async () => {
    if (!value.trim()) { setWrong({ field: "value", error: "Type a number." }); return }
    setBusy(true)
    const answer = await send(`projects/${doc.project}/noted`, { of: chosen[0], value: value.trim(), when: when.trim() }).catch((error) => {
      if (!(error instanceof Later)) throw error
      return { ok: false, error: "There is no connection. Nothing is kept yet; try again.", field: "value" }
    })
    setBusy(false)
    if (!answer.ok) { setWrong(answer); setSaid(""); return }
    setWrong({})
    setSaid(answer.remark || `Noted: ${value.trim()}${chosen[2] && !value.includes(chosen[2]) ? ` ${chosen[2]}` : ""}.`)
    setValue("")
  }
  const keys = (e) => { if (e.key === "Enter" && !e.isComposing && e.target.tagName === "INPUT") { e.preventDefault(); save() } }
  const no = (field) => (field === (wrong.field === "when" ? "when" : "value") && wrong.error) || ""
  const bad = (field) => (no(field) ? { "aria-invalid": "true", "aria-describedby": `note-${field}-wrong` } : {})
  const change = (set) => ({ target }) => { set(target.value); setWrong({}); setSaid("") }
  return html`<div class="note" role="group" aria-label="Note a reading" onKeyDown=${keys}><p class="label">Note a reading</p>
    <div class="notes">${about.length > 1 ? html`<select class="control" aria-label="Of which target" value=${chosen[0]} onChange=${change(setOf)}>
        ${about.map(([id, name]) => html`<option key=${id} value=${id}>${name}</option>`)}</select>` : null}
      <input class="control" aria-label=${`Value${chosen[2] ? ` in ${chosen[2]}` : ""}`} placeholder=${chosen[2] ? `Value, ${chosen[2]}` : "Value"} inputmode="decimal" autocomplete="off" maxlength="60" value=${value} ...${bad("value")} onInput=${change(setValue)} />
      <input class="control" aria-label="Day" placeholder="31 Mar 2027" autocomplete="off" maxlength="40" value=${when} ...${bad("when")} onInput=${change(setWhen)} onBlur=${() => { if (isoOf(when)) setWhen(dayWords(isoOf(when))) }} /></div>
    ${["value", "when"].map((field) => (no(field) ? html`<p class="wrong" key=${field} id=${`note-${field}-wrong`} role="alert">${no(field)}</p>` : null))}
    <div class="row"><button class="btn sm" disabled=${isBusy} onClick=${save}>Note it</button><span class="meta" role="status">${said || tell}</span></div></div>`
}
