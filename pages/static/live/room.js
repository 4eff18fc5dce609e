// The workshop of this tab: what the room tells as signals, one outbox for what this person does, and what was begun and is not sent.
import { batch, computed, signal } from "./vendor/signals-core.js"
import { useEffect, useState } from "./vendor/hooks.js"
import { adopt, forget, keep, newId, tab } from "./kept.js"
import { coloured } from "./people.js"
import { api, FIRST_WAIT, insist, Later, longer, read, send, sendOnce } from "./server.js"

const AT_ONCE = 40                                                          // moves of a request
const LONGEST_CARD = 2000, SECRET_BYTES = 16
const HIDDEN_MS = 300_000, SILENCE_MS = 40_000, POLL_MS = 4000, RETRY_MS = 3000, CLOCK_JUMP_MS = 2000
const TOO_MANY = 429
const WRITTEN = ["writing", "grouping", undefined]                          // where a box for words is shown; until the question is told it may be
const NOTHING = { cards: [], votes: {}, guesses: {}, stands: {} }

class Room {
  state = signal("loading")                                                // or ready, away, gone
  workshop = signal(null)                                                  // id, name, project, code, link, planned_at, follows
  room = signal(null)                                                      // what everybody is told
  me = signal("")                                                          // the id of this person, "" before they came in
  mine = signal({})                                                        // what only this person is told, by question
  about = signal({ of: "", targets: [] })                                  // what in the charter the room's question is about
  error = signal("")                                                       // why something was refused last
  pending = signal([])                                                     // moves that the server has not answered yet
  nameless = signal([])                                                    // this person's cards without a name: only this device knows whose they are
  looking = signal("")                                                     // another question than the room's, at which this person looks
  told = signal(null)                                                      // that question, with what it is about
  skew = 0                                                                 // ms by which the server's clock is ahead of this device's
  #drafts = new Map(); #proposals = new Map(); #deciding = new Map(); #own = new Map()
  #isClockKnown = false; #isSending = false; #wait = FIRST_WAIT; #again = 0; #count = 0; #called = null; #retry = 0
  #source = null; #silence = 0; #closing = 0; #poll = 0; #reading = 0

  constructor(id) {
    this.id = id
    this.space = `room-${id}`
    this.ready = this.#begin()
  }

  // --- reading

  self = computed(() => this.room.value?.people.find((p) => p.id === this.me.value) ?? null)
  // Everybody who came in, each in a colour of their own.
  people = computed(() => coloured((this.room.value?.people ?? []).map((p) => ({ ...p, tab: p.id }))))
  person(id) { return this.people.value.find((p) => p.id === id) ?? { id, name: "", colour: undefined } }
  leads = computed(() => this.self.value?.role === "leads")
  takesPart = computed(() => Boolean(this.self.value) && this.self.value.role !== "looks_on")
  // Where this person is: at the question of the room, but for a look elsewhere. "" is the lobby.
  at = computed(() => this.looking.value || this.room.value?.now || "")
  question = computed(() => (this.looking.value ? this.told.value?.question : this.room.value?.question) ?? null)
  targets = computed(() => (this.looking.value ? this.told.value?.targets : this.about.value.of === this.at.value && this.about.value.targets) || [])
  steps = computed(() => (this.room.value?.agenda ?? []).flatMap((block) => block.questions.map((q) => ({ ...q, block }))))
  // What was begun and is not sent where nobody writes any more, as [question, text].
  left = computed(() => {
    this.#changed.value                                                    // so that a question which had none counts too
    const isWritten = (key) => key === this.at.value && WRITTEN.includes(this.question.value?.phase)
    return [...this.#drafts].filter(([key, text]) => text.value.trim() && !isWritten(key)).map(([key, text]) => [key, text.value])
  })
  #changed = signal(0)

  async #begin() {
    const [, left] = await Promise.all([this.#load(), adopt(this.space)])
    if (this.state.peek() === "gone") return this
    batch(() => this.#takeOver(left))
    document.addEventListener("visibilitychange", () => this.#look())
    addEventListener("online", () => { this.#listenAnew(); this.#wait = FIRST_WAIT; this.#pump() })
    addEventListener("pageshow", (e) => { if (e.persisted) this.#listenAnew() })
    addEventListener("pagehide", () => this.#shut())
    this.listen()
    this.#pump()
    return this
  }

  async #load() {
    const answer = await insist(() => this.#read(), () => { this.state.value = "away" })
    if (!answer.ok) this.state.value = "gone"
  }

  async #read() {
    const asked = this.looking.peek(), mark = ++this.#reading
    const answer = await read(`workshops/${this.id}${asked ? `?at=${encodeURIComponent(asked)}` : ""}`)
    if (answer.ok && mark === this.#reading) {
      const { question, of, targets, toSign } = answer.told
      batch(() => {
        this.#take(answer.told)
        if (!asked) this.about.value = { of, targets, toSign }
        else if (asked === this.looking.peek()) this.told.value = { question, targets }
      })
    }
    return answer
  }

  #take({ workshop, room, me, mine }) {
    if (workshop) this.workshop.value = workshop
    if (me !== undefined) this.me.value = me?.id ?? ""
    this.#hear(room)
    if (mine) this.mine.value = mine
    if (this.state.peek() !== "ready") this.state.value = "ready"
  }

  // Whatever was told of an earlier moment came late.
  #hear(room) {
    if (!room) return
    const was = this.room.peek()
    if (was && room.number < was.number) return
    this.#setClock(room.clock.now)
    batch(() => {
      this.room.value = room
      // Whoever prepared alone comes along when the room begins; what they were writing is offered to them.
      const isCalled = this.#called !== null && room.called > this.#called, begins = was && !was.started && room.started
      if (isCalled || begins) this.look("")
      if (this.looking.peek() === room.now) this.looking.value = ""
    })
    this.#called = room.called
    if (this.looking.peek() && was && was.number !== room.number) this.refresh()
  }

  // Words travel for a while, so the quickest message knows best; a clock that was set anew begins anew.
  #setClock(now) {
    const found = now - Date.now()
    if (!this.#isClockKnown || found > this.skew || this.skew - found > CLOCK_JUMP_MS) this.skew = found
    this.#isClockKnown = true
  }
  now() { return Date.now() + this.skew }

  // What is looked at without the others is asked for anew.
  refresh() { return this.#read().catch(() => {}) }

  // --- hearing

  listen() {
    if (this.#source || this.state.peek() === "gone" || !this.room.peek()) return
    const source = this.#source = new EventSource(api(`workshops/${this.id}/stream?tab=${tab}`))
    this.#expectSign()
    source.onopen = () => { this.state.value = "ready"; this.#wait = FIRST_WAIT; this.#pump() }
    const on = (kind, take) => source.addEventListener(kind, (e) => { this.#expectSign(); take(JSON.parse(e.data)) })
    on("room", (told) => this.#hear(told))
    on("about", (told) => { this.about.value = told })
    on("mine", (told) => { this.mine.value = told })
    on("still", () => {})
    source.onerror = () => {
      this.state.value = "away"
      if (source.readyState !== EventSource.CLOSED) return                 // the browser tries again by itself
      this.#shut()
      this.#retry ||= setTimeout(() => { this.#retry = 0; this.#reload() }, RETRY_MS)
    }
  }
  // A connection can die without a word; and where a proxy holds the stream back, asking now and then is the only way to hear.
  #expectSign() {
    clearTimeout(this.#silence)
    clearInterval(this.#poll)
    if (this.state.peek() === "away") this.state.value = "ready"
    this.#silence = setTimeout(() => { this.#listenAnew(); this.#poll = setInterval(() => this.refresh(), POLL_MS) }, SILENCE_MS)
  }
  #shut() { clearTimeout(this.#silence); clearInterval(this.#poll); this.#source?.close(); this.#source = null }
  #listenAnew() { this.#shut(); this.listen() }
  #reload() { return this.#load().then(() => this.listen()) }
  #look() {
    clearTimeout(this.#closing)
    if (document.hidden) this.#closing = setTimeout(() => this.#shut(), HIDDEN_MS)
    else if (!this.#source) this.#reload()
  }
  leave() { this.#shut() }

  // --- going about

  // Looks at a question without the others; "" goes back to where the room is.
  look(key) {
    const next = key === this.room.peek()?.now ? "" : key
    if (next === this.looking.peek()) return
    batch(() => { this.looking.value = next; this.told.value = null })
    const url = new URL(location.href)
    if (next) url.searchParams.set("question", next)
    else url.searchParams.delete("question")
    history.replaceState(history.state, "", url)
    this.refresh()
  }

  // --- doing

  // Makes moves, in order; kept on the device until the server has answered. Resolves with what it said of the last of them: {ok, error}.
  act(...bodies) {
    this.error.value = ""
    const jobs = bodies.map((body) => ({ id: newId(), n: this.#count++, body }))
    for (const job of jobs) keep(this.space, `move:${job.id}`, { n: job.n, body: job.body })
    return this.#enqueue(jobs)
  }
  #enqueue(jobs) {
    this.pending.value = [...this.pending.peek(), ...jobs]
    const answered = jobs.map((job) => new Promise((done) => { job.done = done }))
    this.#pump()
    return Promise.all(answered).then((all) => all.find((a) => !a.ok) ?? { ok: true })
  }

  // One request at a time, so that nothing overtakes.
  async #pump() {
    if (this.#isSending || !this.room.peek()) return
    clearTimeout(this.#again)
    this.#again = 0
    this.#isSending = true
    try {
      while (this.pending.peek().length) await this.#deliver(this.pending.peek().slice(0, AT_ONCE))
    } catch (error) {
      if (!(error instanceof Later)) throw error
      this.state.value = "away"
      const wait = Math.max(error.ms, this.#wait)
      this.#wait = longer(this.#wait)
      this.#again = setTimeout(() => this.#pump(), wait * (0.8 + 0.4 * Math.random()))
    } finally {
      this.#isSending = false
    }
  }

  async #deliver(jobs) {
    const answer = await send(`workshops/${this.id}/moves`, { moves: jobs.map((job) => job.body) })
    if (answer.status === TOO_MANY) throw new Later()
    // What the server cannot read spoils what travels with it: alone each is judged by itself.
    if (answer.ok === false && jobs.length > 1) { for (const job of jobs) await this.#deliver([job]); return }
    this.#wait = FIRST_WAIT
    this.state.value = "ready"
    const refused = new Map((answer.refused ?? []).map(({ at, error }) => [at, error]))
    if (answer.ok === false) refused.set(0, answer.error)
    batch(() => {
      const sent = new Set(jobs)
      this.pending.value = this.pending.peek().filter((job) => !sent.has(job))
      jobs.forEach((job, at) => {
        forget(this.space, `move:${job.id}`)
        if (refused.has(at)) this.#isRefused(job.body, refused.get(at))
      })
      this.#take({ room: answer.room, me: answer.me, mine: answer.mine })
    })
    jobs.forEach((job, at) => job.done?.({ ok: !refused.has(at), error: refused.get(at) ?? "" }))
  }

  // Words that were not taken go back to where they were typed.
  #isRefused(body, error) {
    this.error.value = error
    if (body.kind !== "card") return
    if (body.secret) this.#forgetNameless(body.id)
    if (!this.own(body.question).cards.some((card) => card.id === body.id)) this.write(body.question, [this.draft(body.question).peek(), body.text].filter((t) => t.trim()).join("\n"))
  }

  // How the room leaves a question; what comes of it in the charter is saved first. It needs the network: nothing here is guessed.
  async settle(body) {
    this.error.value = ""
    const answer = await sendOnce(`workshops/${this.id}/settle`, { kind: "settle", ...body }, "There is no connection. Nothing was settled; try again.")
    batch(() => {
      if (answer.ok === false) this.error.value = answer.error
      this.#take({ room: answer.room, me: answer.me, mine: answer.mine })
      if (answer.targets) this.about.value = { of: answer.of, targets: answer.targets, toSign: answer.toSign }
    })
    return answer
  }

  // --- this person's own

  // Cards, dots, numbers and fingers of this person at a question, with what is on its way.
  own(key) {
    if (!this.#own.has(key)) this.#own.set(key, computed(() => this.#ownOf(key)))
    return this.#own.get(key).value
  }
  #ownOf(key) {
    const { cards, votes, guesses, stands } = this.mine.value[key] ?? NOTHING, own = { cards: [...cards], votes: { ...votes }, guesses: { ...guesses }, stands: { ...stands } }
    for (const { body } of this.pending.value) {
      if (body.question !== key) continue
      if (body.kind === "card" && !body.secret) {
        const at = own.cards.findIndex((card) => card.id === body.id), card = { hidden: false, ...own.cards[at], id: body.id, text: body.text, mark: body.mark ?? "", isOnItsWay: true }
        own.cards.splice(at < 0 ? own.cards.length : at, at < 0 ? 0 : 1, card)
      } else if (body.kind === "take_back") own.cards = own.cards.filter((card) => card.id !== body.id)
      else if (body.kind === "vote") own.votes[body.target] = body.dots
      else if (body.kind === "estimate") own.guesses[body.target] = [body.low ?? null, body.likely ?? null, body.high ?? null]
      else if (body.kind === "stand") own.stands[body.target] = [body.fingers, body.reservation ?? ""]
    }
    const waiting = new Set(this.pending.value.map((job) => job.body.id))
    own.cards.push(...this.nameless.value.filter((card) => card.question === key).map((card) => ({ ...card, hidden: false, isNameless: true, isOnItsWay: waiting.has(card.id) })))
    return own
  }

  // Writes a card, or writes it anew. Without a name only this device keeps whose it is.
  card(question, text, { id = newId(), mark = "", isNameless = false } = {}) {
    const known = this.nameless.peek().find((card) => card.id === id), cut = text.trim().slice(0, LONGEST_CARD)
    if (!known && !isNameless) return this.act({ kind: "card", question, id, text: cut, mark })
    const card = { question, id, text: cut, mark, secret: known?.secret ?? newId(SECRET_BYTES) }
    keep(this.space, `nameless:${id}`, card)
    this.nameless.value = [...this.nameless.peek().filter((one) => one.id !== id), card]
    return this.act({ kind: "card", ...card })
  }
  takeBack(question, id) {
    const known = this.nameless.peek().find((card) => card.id === id)
    if (known) this.#forgetNameless(id)
    return this.act({ kind: "take_back", question, id, ...(known ? { secret: known.secret } : {}) })
  }
  #forgetNameless(id) {
    forget(this.space, `nameless:${id}`)
    this.nameless.value = this.nameless.peek().filter((card) => card.id !== id)
  }

  // What is being typed at a question, as a signal; it outlives a reload, and is offered again when the room moved on.
  draft(key) {
    if (!this.#drafts.has(key)) this.#drafts.set(key, signal(""))
    return this.#drafts.get(key)
  }
  write(key, text) {
    const draft = this.draft(key), wasEmpty = !draft.peek().trim()
    draft.value = text
    if (text.trim()) keep(this.space, `draft:${key}`, text)
    else forget(this.space, `draft:${key}`)
    if (wasEmpty) this.#changed.value++
  }

  // What a tab that is gone has left; and what this one left before it was loaded anew.
  #takeOver(left) {
    const moves = []
    for (const [name, value, at] of left) {
      const [kind, key] = name.split(":")
      if (kind === "move") moves.push({ id: key, at, ...value })
      else if (kind === "draft") this.write(key, [this.draft(key).peek(), value].filter(Boolean).join("\n"))
      else if (kind === "nameless") this.nameless.value = [...this.nameless.peek(), value]
    }
    moves.sort((a, b) => a.at - b.at || a.n - b.n)
    if (moves.length) this.#enqueue(moves.map(({ id, body }) => ({ id, n: this.#count++, body })))
  }

  // What who leads is about to decide: the option, why and who decides it, as far as it was typed.
  deciding(key) {
    if (!this.#deciding.has(key)) this.#deciding.set(key, signal({}))
    return this.#deciding.get(key)
  }

  // How the shown question would be settled, as its own view puts it together for the button "Next": a signal of
  // null or {label, body, off, halt}: words on the button, what `settle` needs beside question and how, why it cannot settle yet,
  // and what looks once more at the press, leads to what hinders and says whether something does.
  proposal(key) {
    if (!this.#proposals.has(key)) this.#proposals.set(key, signal(null))
    return this.#proposals.get(key)
  }
}

// --- the workshop of this tab

const rooms = new Map()
export function enter(id) {
  const known = rooms.get(id), room = known ?? new Room(id)
  rooms.set(id, room)
  room.ready.then(() => { room.listen(); if (known) room.refresh() })       // whoever comes back may have written elsewhere meanwhile
  return room
}

// --- time

// What the clock of the room says by now: seconds left (below zero it is over), how much of it, and how it looks; null without one.
export function timed(room) {
  const clock = room.room.value?.clock
  if (!clock || clock.total === null) return null
  const left = Math.ceil((clock.ends === null ? clock.left * 1000 : clock.ends - room.now()) / 1000), share = Math.max(0, Math.min(1, left / (clock.total || 1)))
  return { left, total: clock.total, share, isPaused: clock.ends === null, look: left <= 0 ? "over" : share <= 0.25 ? "low" : "" }
}
export const minutes = (seconds) => `${Math.floor(Math.max(0, seconds) / 60)}:${String(Math.max(0, seconds) % 60).padStart(2, "0")}`

// Whoever calls this is drawn anew every second while the clock runs.
export function useTimer(room) {
  const [, tick] = useState(0), time = timed(room), isRunning = time && !time.isPaused && time.left > -1
  useEffect(() => {
    if (!isRunning) return undefined
    let timer = 0
    const next = () => { timer = setTimeout(() => { tick((n) => n + 1); next() }, 1000 - ((room.now() - room.room.peek().clock.ends) % 1000 + 1000) % 1000 + 5) }
    next()
    return () => clearTimeout(timer)
  }, [isRunning, room.room.value?.clock.ends])
  return time
}
