// What waits to be saved, in order: jobs of whole rows, then answers as they were typed. The one way in which anything is saved.
import { batch } from "./vendor/signals-core.js"
import { forget, keep, newId } from "./kept.js"
import { FIRST_WAIT, Later, longer, send } from "./server.js"

const AT_ONCE = 200                                                         // items of a request: the server saves them as one

export class Outbox {
  #jobs = []; #due = new Set(); #isSending = false; #sent = null; #wait = FIRST_WAIT; #again = 0

  constructor(doc) { this.doc = doc }

  // A job of rows, or several where it is a large one. Resolves with the server's answer.
  async add(part, items) {
    const jobs = []
    for (let at = 0; at < items.length; at += AT_ONCE) jobs.push({ id: newId(), part, items: items.slice(at, at + AT_ONCE), workshop: this.doc.workshop })
    for (const job of jobs) keep(this.doc.project, `job:${job.id}`, job)
    return together(await Promise.all(jobs.map((job) => this.#take(job))))
  }

  // A job that a tab which is gone has left.
  bringBack(job) { this.#take(job) }

  #take(job) {
    this.#jobs.push(job)
    const answered = new Promise((done) => { job.done = done })
    this.doc.expect(job)
    this.#pump()
    return answered
  }

  get isBusy() { return this.#isSending || this.#jobs.length > 0 || [...this.#due].some((f) => f.isDue) }

  itemsOf(part, list) { return this.#jobs.filter((job) => job.part === part).flatMap((job) => job.items.filter((i) => i.list === list)) }

  // An answer that is to be saved now.
  due(field) {
    this.#due.add(field)
    this.#pump()
  }

  sendNow() {
    this.#wait = FIRST_WAIT
    this.#pump()
  }

  // The page is going: everything goes at once, by requests that outlive it. What they do not reach stays on the device.
  leave() {
    for (const job of this.#jobs) if (job !== this.#sent) this.#deliver(job).catch(() => {})
    for (let job; (job = this.#gather()); ) this.#deliver(job).catch(() => {})
  }

  // One request at a time, so that a new row is there before its answers come.
  async #pump() {
    if (this.#isSending) return
    clearTimeout(this.#again)
    this.#isSending = true
    try {
      for (let job; (job = this.#sent = this.#jobs[0] ?? this.#gather()); ) await this.#deliver(job)
    } catch (error) {
      if (!(error instanceof Later)) throw error
      for (const field of this.#due) field.isPostponed(false)
      const wait = Math.max(error.ms, this.#wait)
      this.#wait = longer(this.#wait)
      this.#again = setTimeout(() => this.#pump(), wait * (0.8 + 0.4 * Math.random()))
    } finally {
      this.#isSending = false
      this.#sent = null
    }
  }

  // The answers of one part that are to be saved, as a job.
  #gather() {
    const fields = [...this.#due].filter((f) => f.isDue), { part } = fields[0] ?? {}, items = new Map()
    const due = new Set(fields.filter((f) => f.part === part).map((f) => f.place)), places = new Set([...due].slice(0, AT_ONCE))
    const chosen = fields.filter((f) => places.has(f.place))
    this.#due = new Set(fields.filter((f) => !places.has(f.place)))
    for (const field of chosen) {
      const item = items.get(field.place) ?? { list: field.list, record: field.record, cells: {} }
      items.set(field.place, item)
      if (field.revive) item.restore = true
      item.cells[field.name] = [field.before.value, field.draft.peek()]
      field.isSent(field.draft.peek())
    }
    return chosen.length ? { part, items: [...items.values()], workshop: this.doc.workshop } : null
  }

  async #deliver(job) {
    const { project } = this.doc
    let answer
    try {
      answer = await send(`projects/${project}/edits`, { part: job.part, items: job.items, workshop: job.workshop })
    } catch (error) {
      this.#postpone(job)
      throw error
    }
    this.#wait = FIRST_WAIT
    if (job.id) {
      this.#jobs = this.#jobs.filter((other) => other !== job)
      forget(project, `job:${job.id}`)
    }
    batch(() => this.doc.settle(job, answer))
    job.done?.(answer)
  }

  #postpone(job) {
    for (const [field] of this.doc.cellsOf(job)) {
      if (job.id) field.isPostponed(true)
      else { field.isPostponed(false); this.#due.add(field) }
    }
  }
}

// What several answers say: each tells what was saved as of its own revision, so none may be read as of a later one.
const together = (answers) => ({
  ok: true, ...answers.at(-1), ...answers.find((a) => !a.ok),
  refused: answers.flatMap((a) => a.refused ?? []), conflicts: answers.flatMap((a) => a.conflicts ?? []),
})

// Ids after items of the protocol: removed, added or brought back, and put behind the row they name ("" puts first).
export function applied(ids, items) {
  let next = [...ids]
  const there = new Set(ids)
  for (const { record, remove, after, new: isNew, restore } of items) {
    if (remove) {
      if (there.delete(record)) next = next.filter((id) => id !== record)
      continue
    }
    if (!isNew && !restore && !there.has(record)) continue
    if (after === undefined || (after && !there.has(after))) {
      if (!there.has(record)) next.push(record)
    } else if (after !== record) {
      if (there.has(record)) next = next.filter((id) => id !== record)
      next.splice(after ? next.indexOf(after) + 1 : 0, 0, record)
    }
    there.add(record)
  }
  return next
}
