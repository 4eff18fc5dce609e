// One answer, as this person sees and types it.
import { signal, batch } from "./vendor/signals-core.js"
import { HEAD, api } from "./server.js"

// One answer: what the server confirmed is the cell, what this person typed and the server has not confirmed is the draft.
export class Field {
  draft = signal(null); said = signal(""); wrong = signal(""); clash = signal(null)
  busy = false; timer = 0; wait = 0; revive = false; before = null
  constructor(doc, addr) {
    this.doc = doc; this.addr = addr; this.cell = doc.cell(addr); this.key = `draft:${doc.project}/${addr}`;
    [this.part, this.list, this.record, this.name] = addr.split("/")
    try { const kept = JSON.parse(localStorage.getItem(this.key)); if (kept && kept.raw !== this.cell.peek().typed) { this.before = kept.before; this.draft.value = kept.raw; this.said.value = "Brought back what you typed"; this.later(200) } else if (kept) this.forget() } catch { /* not ours to repair */ }
  }
  get raw() { return this.draft.value ?? this.cell.value.typed }
  begin() { this.seen = { ...this.cell.peek() } }                          // an editor that shows the value from now on, whatever others do
  type(raw, ms) {
    if (this.draft.peek() === null) this.before = this.seen ?? { ...this.cell.peek() }
    this.seen = null
    this.wrong.value = ""
    if (raw === this.before.typed && !this.busy) { this.forget(); this.said.value = ""; return }
    this.draft.value = raw; this.said.value = "Typing…"; this.keep(); this.later(ms)
  }
  keep() { try { localStorage.setItem(this.key, JSON.stringify({ raw: this.draft.peek(), before: this.before })) } catch { /* private window */ } }
  forget() { this.draft.value = null; this.before = null; clearTimeout(this.timer); try { localStorage.removeItem(this.key) } catch { /* private window */ } }
  later(ms) { clearTimeout(this.timer); this.timer = setTimeout(() => this.flush(), ms) }
  sent(raw) { if (this.draft.peek() === null) this.before = { ...this.cell.peek() }; this.draft.value = raw; this.busy = true; this.said.value = "Saving…" }
  heard(next) {                                                            // somebody else's change; our own comes back the same way
    if (this.draft.peek() === null) { if (next.by !== undefined && next.by !== this.doc.me) this.said.value = `Changed by ${next.by || "somebody"}`; return }
    if (next.typed === this.draft.peek() || next.typed === this.mine) return
    this.said.value = `${next.by || "Somebody"} is changing this too`
  }
  async flush() {
    clearTimeout(this.timer)
    const raw = this.draft.peek()
    if (raw === null || this.busy || this.clash.peek() || raw === this.refused) return
    this.busy = true; this.mine = raw; this.said.value = "Saving…"
    try {
      await this.doc.sent                                                  // a new row reaches the server before its answers
      const r = await fetch(api("answers"), { method: "POST", keepalive: true, headers: HEAD, body: JSON.stringify({ project: this.doc.project, part: this.part, list: this.list, record: this.record, field: this.name, before: this.before.value, raw, revive: this.revive }) })
      const m = await r.json()
      if (r.status >= 500) throw new Error(m.error)
      this.busy = false; this.wait = 0; this.revive = false
      if (!m.ok) return this.refuse(raw, m.error)
      if (m.status !== "saved" && m.status !== "same") { this.clash.value = m; this.said.value = "Not saved yet"; return }
      this.refused = null
      batch(() => { if ((this.cell.peek().number || 0) <= m.number) this.cell.value = { value: m.value, typed: m.typed, by: m.by, at: m.at, number: m.number }; this.confirmed(raw) })
    } catch {
      this.busy = false; this.keep()
      this.wait = Math.min(15000, (this.wait || 1000) * 2)
      this.said.value = "Not saved yet, kept on this device. Trying again"
      this.later(this.wait)
    }
  }
  confirmed(raw) {
    this.busy = false
    if (this.draft.peek() === raw) { this.forget(); this.said.value = "Saved" }
    else if (this.draft.peek() !== null) { this.before = { ...this.cell.peek() }; this.keep(); this.later(400) }
  }
  refuse(raw, error) { this.busy = false; this.refused = raw; this.said.value = "Not saved"; this.wrong.value = error; this.keep() }
  settle(how) {
    const m = this.clash.peek(), mine = this.draft.peek(); this.clash.value = null
    if (m.status === "removed") { if (how === "mine") { this.revive = true; this.flush() } else { this.forget(); this.said.value = "" } return }
    this.cell.value = { value: m.value, typed: m.typed, by: m.by }
    if (how === "theirs") { this.forget(); this.said.value = ""; return }
    this.before = { value: m.value, typed: m.typed }
    this.draft.value = how === "mine" ? mine : m.typed.trimEnd() + (this.doc.spec(this.part, this.list, this.name).kind === "long" ? "\n\n" : " / ") + mine.trimStart()
    this.keep(); this.flush()
  }
}
