// One answer. What the server confirmed is the cell; what this person typed and the server has not confirmed yet is the draft.
import { batch, signal } from "./vendor/signals-core.js"
import { forget, keep, refused } from "./kept.js"
import { clock } from "./times.js"

export const UNKNOWN = "?"
const LATER = () => `Not saved yet${refused.peek() ? "" : ", kept on this device"}. Trying again`

export class Field {
  draft = signal(null)
  said = signal("")                                                        // what became of it, in words
  wrong = signal("")                                                       // why it was refused
  clash = signal(null)                                                     // what somebody else made of it meanwhile
  before = null                                                            // the cell that the draft answers to
  savedAs = 0                                                              // the revision that this person's last answer made
  revive = false                                                           // saving brings its record back
  isComposing = false
  #typed = ""; #looks = ""                                                 // what was typed when it was saved last, and how the server writes it
  #seen = null; #isBusy = false; #timer = 0; #refused = null; #isLeft = false

  constructor(doc, addr) {
    this.doc = doc
    this.addr = addr
    this.cell = doc.cell(addr);
    [this.part, this.list, this.record, this.name] = addr.split("/")
    this.place = `${this.part}/${this.list}/${this.record}`
  }

  get raw() { return this.draft.value ?? this.cell.value.typed }
  get isDue() { return this.draft.peek() !== null && !this.#isBusy && !this.clash.peek() }

  // Whether a text is what this person typed, and the answer the same in other looks.
  isAsTyped(text) {
    if (text.trim() === UNKNOWN && this.raw === UNKNOWN) return true
    return this.draft.peek() === null && text === this.#typed && this.cell.peek().typed === this.#looks
  }

  // --- typing

  // An editor shows the value from now on, whatever others do.
  begin() { this.#seen = { ...this.cell.peek() } }

  type(raw, ms = 0) {
    if (this.draft.peek() === null) this.before = this.#seen ?? { ...this.cell.peek() }
    this.#seen = null
    this.#refused = null
    this.#isLeft = false
    this.#complain("")
    if (raw === this.before.typed && !this.#isBusy && !this.clash.peek()) {
      this.#drop()
      this.said.value = ""
      return
    }
    this.draft.value = raw
    this.said.value = "Typing…"
    this.#keep()
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.flush(), ms)
  }

  flush() {
    clearTimeout(this.#timer)
    const raw = this.draft.peek()
    if (!this.isDue || raw === this.#refused || this.doc.archived.peek()) return
    if (this.isComposing) { this.#timer = setTimeout(() => this.flush(), 700); return }
    this.doc.outbox.due(this)
  }

  #soon() { this.#timer = setTimeout(() => this.flush(), 400) }
  #keep() { keep(this.doc.project, `draft:${this.addr}`, { raw: this.draft.peek(), before: this.before }) }
  #drop() {
    clearTimeout(this.#timer)
    this.draft.value = null
    this.before = null
    this.#complain("")
    forget(this.doc.project, `draft:${this.addr}`)
  }

  #complain(wrong, clash = this.clash.peek()) {
    this.wrong.value = wrong
    this.clash.value = clash
    this.doc.noticed(this, Boolean(wrong || clash))
  }

  // Its record is removed by this person: what could not be saved waits outside, and comes back with the record.
  putAside() {
    const { before } = this, raw = this.draft.peek()
    batch(() => { this.#complain("", null); this.#drop(); this.said.value = "" })
    return { before, raw }
  }

  // What a tab that is gone has left here.
  bringBack({ raw, before }, at) {
    if (raw === this.cell.peek().typed) { forget(this.doc.project, `draft:${this.addr}`); return }
    this.before = before
    this.draft.value = raw
    this.#isLeft = true
    this.said.value = `Brought back what you typed at ${clock(at)}`
    this.#timer = setTimeout(() => this.flush(), 200)
  }

  // --- what became of it

  // It is on its way, in a job that saw `before` there.
  isSent(raw, before) {
    if (this.draft.peek() === null) this.before = before === undefined ? { ...this.cell.peek() } : { ...this.cell.peek(), value: before }
    this.draft.value = raw
    this.#isBusy = true
    this.said.value = "Saving…"
  }

  // A job of rows keeps its cells; an answer of its own goes on waiting here.
  isPostponed(isInJob) {
    if (this.draft.peek() === null) return                                 // typed back meanwhile: nothing is left to save
    this.#isBusy = isInJob
    if (!isInJob) this.#keep()
    this.said.value = LATER()
  }

  // `told` is the cell as the save left it: what others made of it since then may have come before this answer.
  isSaved(raw, number, told = this.cell.peek()) {
    this.savedAs = number
    this.#isBusy = false
    this.revive = false
    if (this.draft.peek() === raw) {
      this.#typed = raw
      this.#looks = this.cell.peek().typed
      this.#drop()
      const { by, number: newest } = this.cell.peek()
      this.said.value = newest > number ? `Changed by ${by || "somebody"} ${clock(Date.now())}` : `Saved ${clock(Date.now())}`
    } else if (this.draft.peek() !== null) {
      this.before = { ...told }                                            // typed on while it was being saved
      this.#keep()
      this.#soon()
    }
  }

  isRefused(raw, error) {
    this.#isBusy = false
    if (this.draft.peek() === null) return                                 // put aside meanwhile
    this.#refused = raw
    this.#keep()
    if (this.draft.peek() !== raw) { this.#soon(); return }                // typed on meanwhile: that may be taken
    this.said.value = "Not saved"
    this.#complain(error)
  }

  isContested(clash) {
    this.#isBusy = false
    if (this.draft.peek() === null) return
    this.#keep()
    if (clash.status === "removed" && this.#isLeft) { this.comesBack(clash); this.flush(); return }
    this.said.value = "Not saved yet"
    this.#complain("", clash)
  }

  // Somebody else changed it; what comes while our own is being saved is told with the answer.
  heard({ typed, by, at }) {
    const draft = this.draft.peek()
    if (this.#isBusy || typed === draft) return
    if (draft !== null) this.said.value = `${by || "Somebody"} is changing this too`
    else if (by !== undefined && !(by && by === this.doc.self.peek()?.name)) this.said.value = `Changed by ${by || "somebody"} ${clock(at ?? Date.now())}`
  }

  // Its record was removed while this person was writing.
  lost(by) {
    if (this.#isBusy) return                                               // the answer will tell
    this.said.value = "Not saved yet"
    this.#complain("", { status: "removed", by })
  }

  // Whoever is gone cannot be asked: an entry that was removed under their hands comes back with their text.
  comesBack(clash = this.clash.peek()) {
    if (clash?.status !== "removed") return
    this.#complain("", null)
    this.revive = true
  }

  // The answer to a clash: "mine", "theirs" or "both".
  settle(how) {
    const clash = this.clash.peek(), mine = this.draft.peek()
    this.#complain("", null)
    if (clash.status === "removed") {
      if (how === "theirs") { this.#drop(); this.said.value = ""; return }
      this.revive = true
      this.flush()
      return
    }
    this.doc.learn(this.addr, clash)
    this.before = { value: clash.value, typed: clash.typed }
    const chosen = { mine, theirs: clash.typed, both: this.#joined(clash.typed, mine) }[how]
    if (chosen === clash.typed) { this.#drop(); this.said.value = ""; return }
    this.draft.value = chosen
    this.#keep()
    this.flush()
  }

  #joined(theirs, mine) {
    if (theirs === UNKNOWN || theirs === "") return mine
    if (mine === UNKNOWN || mine === "") return theirs
    const between = this.doc.spec(this.part, this.list, this.name)?.kind === "long" ? "\n\n" : " / "
    return theirs.trimEnd() + between + mine.trimStart()
  }
}
