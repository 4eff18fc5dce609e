// A sheet of questions that saves itself.
// Every field knows `value`, what the server last confirmed to this browser, and sends it along with each change:
// the server compares, so two people can never overwrite each other unnoticed. Saving is an ordinary request
// (keepalive), not a rerun: it survives page switches, reloads and closed tabs. What the server has not confirmed
// is kept as a draft on the device.
const UNKNOWN = "?"
const PASSES = new Set([502, 503, 504])    // the database is busy, or the server behind the proxy is away for a moment
const sheets = new WeakMap()
const clock = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })
const make = (tag, props = {}, ...children) => {
  const node = Object.assign(document.createElement(tag), props)
  node.append(...children)
  return node
}

export default function ({ data, parentElement }) {
  let sheet = sheets.get(parentElement)
  if (!sheet || sheet.id !== data.id || sheet.shape !== data.shape) {
    sheet?.leave()
    sheet = build(data, parentElement)
    sheets.set(parentElement, sheet)
  } else sheet.refresh(data)
  return () => { sheets.get(parentElement)?.leave(); sheets.delete(parentElement) }
}

function build(data, root) {
  const host = root.querySelector(".sheet")
  const core = make("div", { className: "core" })
  const more = make("details", { className: "more" })
  const count = make("span", { className: "count" })
  const inner = make("div", { className: "core" })
  more.append(make("summary", {}, data.more_label, " ", count), inner)
  host.replaceChildren(core)
  const sheet = { id: data.id, shape: data.shape, data, seen: data.number, fields: [] }
  for (const spec of data.fields) {
    const field = makeField(sheet, spec)
    sheet.fields.push(field)
    ;(spec.core ? core : inner).append(field.box)
  }
  if (inner.childElementCount) {
    host.append(more)
    if (!core.childElementCount) more.open = true
  }
  const tally = () => {
    const rest = sheet.fields.filter((f) => !f.spec.core && !f.spec.assumed)
    const done = rest.filter((f) => f.raw() !== "").length
    count.textContent = done ? `${done} answered` : `${rest.length}`
  }
  sheet.tally = tally
  tally()
  sheet.refresh = (next) => {
    sheet.data = next
    if (next.number < sheet.seen) return            // this run began before our own last save
    sheet.seen = next.number
    next.fields.forEach((spec, i) => sheet.fields[i].refresh(spec))
    tally()
    arrive(next)
  }
  // Somebody was led here to one question: it is opened, brought into view and marked, once.
  const arrive = ({ mark, arrival }) => {
    const f = mark && sheet.arrival !== arrival && sheet.fields.find((f) => f.spec.name === mark)
    sheet.arrival = arrival
    if (!mark) sheet.fields.forEach((f) => f.box.classList.remove("marked"))
    if (!f) return
    if (!f.spec.core) more.open = true
    sheet.fields.forEach((other) => other.box.classList.toggle("marked", other === f))
    requestAnimationFrame(() => {
      if (!host.isConnected) return
      const inside = f.control.matches("input, textarea, select") ? f.control : f.control.querySelector("input")
      inside?.focus({ preventScroll: true })
      keepInView(f.box)
    })
  }
  const hide = () => { if (document.visibilityState === "hidden") sheet.flush() }
  sheet.flush = () => sheet.fields.forEach((f) => f.flush())
  document.addEventListener("visibilitychange", hide)
  window.addEventListener("pagehide", sheet.flush)
  sheet.leave = () => {
    sheet.left = true
    sheet.fields.forEach((f) => f.leave())
    document.removeEventListener("visibilitychange", hide)
    window.removeEventListener("pagehide", sheet.flush)
    sheet.fields.forEach((f) => clearTimeout(f.timer))
  }
  arrive(data)
  const page = location.pathname
  if (data.focus) requestAnimationFrame(() => {
    // By now the person may have gone to another page, which must not scroll to a field that is no longer there.
    if (host.isConnected && location.pathname === page) sheet.fields[0]?.control.focus({ preventScroll: false })
  })
  return sheet
}

// What stands above is still being drawn and pushes the place away, so it is brought back for a while, until the person moves.
function keepInView(box) {
  const until = Date.now() + 4000
  const moves = ["wheel", "pointerdown", "keydown", "touchstart"]
  const stop = () => { clearInterval(timer); moves.forEach((name) => window.removeEventListener(name, stop)) }
  const look = () => {
    if (!box.isConnected || Date.now() > until) return stop()
    const { top, bottom } = box.getBoundingClientRect()
    if (top < 0 || bottom > window.innerHeight) box.scrollIntoView({ block: "center" })
  }
  const timer = setInterval(look, 250)
  moves.forEach((name) => window.addEventListener(name, stop, { passive: true }))
  box.scrollIntoView({ block: "center" })
}

function makeControl(spec, id) {
  const common = { id, className: "control" }
  if (spec.kind === "long" || spec.kind === "text")
    return make("textarea", { ...common, rows: spec.kind === "long" ? 2 : 1, dir: "auto", maxLength: spec.max_length, autocomplete: "off" })
  if (spec.kind === "choice" || spec.kind === "link") return make("select", common)
  if (spec.kind === "links") return make("div", { ...common, className: "control ticks" })
  const control = make("input", { ...common, type: "text", autocomplete: "off" })
  if (["integer", "number", "money"].includes(spec.kind)) control.inputMode = "decimal"
  return control
}

// A day is written in words that no country reads as another day, and typed in any usual form; the browser's calendar only fills them in.
function calendar(control, label) {
  const picker = make("input", { type: "date", className: "picker", min: "1900-01-01", max: "2200-12-31", tabIndex: -1 })
  picker.setAttribute("aria-hidden", "true")
  const open = make("button", { type: "button", className: "calendar", title: "Choose a day" })
  open.setAttribute("aria-label", `Choose a day: ${label}`)
  open.innerHTML = '<svg viewBox="0 0 24 24" width="18" height="18" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="1.8">' +
    '<rect x="3.5" y="5" width="17" height="15.5" rx="2"/><path d="M3.5 10h17M8 2.8v4M16 2.8v4"/></svg>'
  open.onclick = () => {
    picker.value = isoOf(control.value)
    if (picker.showPicker) picker.showPicker(); else picker.focus()
  }
  picker.onchange = () => {
    if (!picker.value) return
    control.value = dayWords(picker.value)
    control.dispatchEvent(new Event("input"))
    control.focus()
  }
  return [picker, open]
}

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
const dayWords = (iso) => { const [y, m, d] = iso.split("-"); return `${+d} ${MONTHS[m - 1]} ${y}` }
function isoOf(words) {
  const [, d, name, y] = /^(\d{1,2}) (\w{3}) (\d{4})$/.exec(words.trim()) || []
  const m = MONTHS.indexOf(name) + 1
  return m ? `${y}-${String(m).padStart(2, "0")}-${d.padStart(2, "0")}` : ""
}

function options(control, spec) {
  const wanted = JSON.stringify(spec.options)
  if (control.dataset.options === wanted) return
  control.dataset.options = wanted
  if (spec.kind === "links") {
    control.replaceChildren(...spec.options.map(([value, label]) => make("label", { className: "tick" },
      make("input", { type: "checkbox", value }), make("span", { dir: "auto", textContent: label }))))
    if (!spec.options.length) control.append(make("span", { className: "none", textContent: spec.no_options }))
    return
  }
  control.replaceChildren(
    make("option", { value: "", textContent: spec.options.length ? "Not answered" : spec.no_options || "Not answered" }),
    ...spec.options.map(([value, label]) => make("option", { value, textContent: label })),
    make("option", { value: UNKNOWN, textContent: "We do not know yet" }))
}

function makeField(sheet, spec) {
  const id = "q-" + sheet.id.replace(/[^a-z0-9]+/gi, "-") + "-" + spec.name
  const draftKey = `draft:${sheet.id}/${spec.name}`
  const control = makeControl(spec, id)
  const ticks = spec.kind === "links", chosen = spec.kind === "choice" || spec.kind === "link"
  if (ticks) { control.setAttribute("role", "group"); control.setAttribute("aria-labelledby", id + "-label") }
  if (ticks || chosen) options(control, spec)
  const label = make("label", { id: id + "-label", className: "label", htmlFor: ticks ? "" : id, textContent: spec.label })
  const dunno = make("button", { type: "button", className: "dunno", textContent: "Don’t know yet" })
  dunno.title = "Mark this question as not known yet. It stays open and is listed in the charter."
  const hint = make("p", { id: id + "-hint", className: "hint", textContent: spec.help })
  const said = make("span", { className: "said" })
  said.setAttribute("role", "status")
  const wrong = make("p", { className: "wrong", hidden: true })
  wrong.setAttribute("role", "alert")
  const clash = make("div", { className: "clash", hidden: true })
  clash.setAttribute("role", "alert")
  const row = make("div", { className: "row" }, control)
  const unit = make("span", { className: "unit", textContent: spec.unit || spec.suffix })
  if (unit.textContent) row.append(unit)
  if (spec.kind === "date") row.append(...calendar(control, spec.label))
  if (!ticks && !chosen) row.append(dunno)
  const box = make("div", { className: `q ${spec.kind}` }, make("div", { className: "head" }, label, said))
  box.dataset.field = spec.name
  if (spec.help) box.append(hint)
  box.append(row, wrong, clash)
  control.setAttribute("aria-describedby", spec.help ? hint.id : "")

  const f = { spec, box, control, value: spec.value, typed: spec.typed, unknown: spec.typed === UNKNOWN, busy: false, timer: 0, wait: 0 }
  const say = (text) => { if (said.textContent !== text) said.textContent = text }
  const read = () => ticks ? [...control.querySelectorAll("input:checked")].map((i) => i.value).sort().join("|") : control.value.normalize("NFC")
  f.raw = () => { const text = read(); return text.trim() === "" && f.unknown ? UNKNOWN : text }
  const write = (raw) => {
    f.unknown = raw === UNKNOWN
    const text = f.unknown && !chosen ? "" : raw
    if (ticks) for (const i of control.querySelectorAll("input")) i.checked = text.split("|").includes(i.value)
    else if (control.value !== text) {
      const at = control.selectionStart
      control.value = text
      if (root_active() === control && at != null && control.setSelectionRange) control.setSelectionRange(at, at)
    }
    dress()
  }
  const root_active = () => control.getRootNode().activeElement
  const dress = () => {
    const raw = f.raw(), isUnknown = raw === UNKNOWN
    box.classList.toggle("unknown", isUnknown)
    dunno.hidden = raw !== "" && !isUnknown
    dunno.setAttribute("aria-pressed", String(isUnknown))
    dunno.textContent = isUnknown ? "Not known yet" : "Don’t know yet"
    const example = spec.example || (spec.kind === "date" ? "31 Mar 2027" : "")
    if (!ticks && !chosen) control.placeholder = isUnknown || !example ? "" : `e.g. ${example}`
  }
  const dirty = () => f.raw() !== f.typed
  const draft = () => {
    try {
      if (dirty()) localStorage.setItem(draftKey, JSON.stringify({ raw: f.raw(), before: f.value, typed: f.typed, at: Date.now() }))
      else localStorage.removeItem(draftKey)
    } catch { /* private windows have no storage: the page still saves */ }
  }
  const later = (ms) => { clearTimeout(f.timer); f.timer = setTimeout(f.flush, ms) }

  f.flush = async () => {
    clearTimeout(f.timer); f.timer = 0
    const raw = f.raw()
    if (f.busy || !clash.hidden || raw === f.typed || raw === f.refused) return
    f.busy = true
    say("Saving…")
    const { project, part, list, record } = sheet.data
    try {
      const answer = await fetch(sheet.data.url, {
        method: "POST", keepalive: true, headers: { "content-type": "application/json", "x-requested-with": "workbench" },
        body: JSON.stringify({ project, part, list, record, field: spec.name, before: f.value, raw, revive: f.revive || false }),
      })
      if (PASSES.has(answer.status)) {
        f.wait = Math.max(f.wait, 500 * (answer.headers.get("retry-after") || 0))    // doubled below
        throw new Error("busy")
      }
      const m = await answer.json().catch(() => ({ ok: false, error: `The server refused this (${answer.status}). Tell the person who runs the workbench.` }))
      f.busy = false; f.wait = 0; f.revive = false
      if (!m.ok) { refuse(raw, m); return }
      f.refused = null; wrong.hidden = true; control.removeAttribute("aria-invalid")
      f.gone = m.status === "removed"
      if (f.gone && sheet.left) { f.leave(); return }
      if (f.gone || m.status === "conflict") { ask(m); return }
      f.value = m.value
      sheet.seen = Math.max(sheet.seen, m.number)
      const settled = f.raw() === raw
      f.typed = m.typed
      if (settled && (root_active() !== control || chosen || ticks)) write(m.typed)
      else if (settled && raw !== m.typed) f.typed = raw          // reformat when the field is left
      f.pretty = m.typed
      draft(); say("Saved " + clock(m.at)); sheet.tally()
      if (dirty()) later(400)
    } catch {
      f.busy = false
      draft()
      f.wait = Math.min(15000, (f.wait || 1000) * 2)
      say("Not saved yet, kept on this device. Trying again")
      later(f.wait)
    }
  }
  // Whoever leaves an entry that was removed under their hands cannot be asked any more: it comes back with their text.
  f.leave = () => {
    if (f.gone) { clash.hidden = true; f.revive = true }
    f.flush()
  }
  const refuse = (raw, m) => {
    f.refused = raw
    draft()
    say("Not saved")
    wrong.textContent = m.error
    wrong.hidden = false
    control.setAttribute("aria-invalid", "true")
  }
  const ask = (m) => {
    draft()
    say("Not saved yet")
    const who = m.by || "Somebody"
    const button = (text, act, strong) => make("button", { type: "button", className: strong ? "strong" : "", textContent: text, onclick: act })
    const settle = (raw) => { clash.hidden = true; write(raw); control.focus?.(); if (dirty()) { draft(); f.flush() } else { draft(); say("Saved") } }
    const mine = f.raw()
    clash.replaceChildren()
    if (m.status === "removed") {
      clash.append(make("p", { textContent: `${who} removed this entry while you were writing. Your text is kept on this device.` }),
        button("Bring it back with my text", () => { clash.hidden = true; f.revive = true; f.flush() }, true))
    } else {
      const theirs = m.shown || "nothing"
      clash.append(make("p", { textContent: `${who} saved a different answer while you were writing:` }), make("blockquote", { dir: "auto", textContent: theirs }))
      const take = () => { f.value = m.value; f.typed = m.typed }
      if (spec.kind === "long" || spec.kind === "text") clash.append(button("Keep both", () => {
        take()
        settle(m.typed === UNKNOWN || m.typed === "" ? mine : mine === UNKNOWN ? m.typed : m.typed.trimEnd() + (spec.kind === "long" ? "\n\n" : " / ") + mine.trimStart())
      }, true))
      clash.append(button("Keep mine", () => { take(); settle(mine) }), button("Use theirs", () => { take(); settle(m.typed) }))
    }
    clash.hidden = false
  }

  f.refresh = (next) => {
    f.spec = { ...spec, options: next.options }
    unit.textContent = next.unit || next.suffix           // the currency may have changed
    if (ticks || chosen) { const kept = f.raw(); options(control, { ...spec, options: next.options }); write(kept) }
    if (JSON.stringify(next.value) === JSON.stringify(f.value) && (next.typed === f.typed || next.typed === f.pretty)) return
    if (dirty() || f.busy || !clash.hidden) { say(`${sheet.data.by || "Somebody"} is changing this too`); return }
    f.value = next.value; f.typed = next.typed
    write(next.typed)
    draft()
    if (sheet.data.by !== sheet.data.me) say(`Changed by ${sheet.data.by || "somebody"} ${clock(sheet.data.at)}`)
  }

  const changed = () => { dress(); draft(); say(dirty() ? "Typing…" : ""); f.refused = null }
  if (ticks) control.onchange = () => { changed(); f.flush(); sheet.tally() }
  else if (chosen) control.onchange = () => { f.unknown = control.value === UNKNOWN; changed(); f.flush(); sheet.tally() }
  else {
    control.oninput = () => {
      if (spec.kind === "text" && control.value.includes("\n")) control.setRangeText(control.value.replace(/\s*\n\s*/g, " "), 0, control.value.length, "end")
      f.unknown = false
      changed()
      later({ text: 700, long: 700, date: 3000 }[spec.kind] ?? 1500)        // half a date is no date
    }
    control.onblur = () => { f.flush(); if (!dirty() && f.pretty != null) { f.typed = f.pretty; write(f.pretty) } }
    control.onkeydown = (e) => {
      if (e.key !== "Enter" || e.isComposing || (spec.kind === "long" && !e.ctrlKey && !e.metaKey)) return
      e.preventDefault()
      f.flush()
    }
  }
  dunno.onclick = () => { f.unknown = !f.unknown; changed(); f.flush(); sheet.tally() }

  write(spec.typed)
  let kept = null
  try { kept = JSON.parse(localStorage.getItem(draftKey)) } catch { /* not ours to repair */ }
  if (kept && kept.raw !== spec.typed) {
    f.value = kept.before; f.typed = kept.typed
    write(kept.raw)
    say(`Brought back what you typed at ${clock(kept.at)}`)
    later(200)
  } else if (kept) draft()
  return f
}
