// One list of a project as a person works on it: what is added, moved, removed and brought back, what is selected.
import { signal } from "./vendor/signals.js"
import { placeHref, travel } from "./address.js"
import { newId, root } from "./doc.js"
import { capital, cut, isText, named, withArticle } from "./words.js"

const kept = new WeakMap()

// The same for list and drawer, and for a list that is drawn anew.
export function records(doc, part, list) {
  let lists = kept.get(doc)
  if (!lists) kept.set(doc, lists = new Map())
  const key = `${part}/${list}`
  if (!lists.has(key)) lists.set(key, new Records(doc, part, list))
  return lists.get(key)
}

const SHORT = 80

class Records {
  removed = signal([])                                                      // notes of what this person removed, the newest last:
                                                                            // {key, after, place, rows: [{id, name, after}]}
  picked = signal(new Set())
  picking = signal(false)
  wrong = signal("")                                                        // why what was done to a row was not saved
  said = signal("")                                                         // for people who hear the page
  done = []                                                                 // what keys take back, the newest last:
                                                                            // notes, and moves {id, after}
  made = new Set()                                                          // rows that were made here: no news to this person

  constructor(doc, part, list) {
    Object.assign(this, { doc, part, list, ids: doc.list(part, list), specs: doc.specs(part, list) })
    this.about = doc.schema[part].lists[list]
    // "Bring back" stays until the page is left.
    let page = location.pathname
    addEventListener("address", () => {
      if (location.pathname === page) return
      page = location.pathname
      this.removed.value = []
      this.done = []
      this.stopPicking()
    })
  }
  get firstIsText() { return isText(this.specs[0]) }
  field(id, spec) { return this.doc.field(`${this.part}/${this.list}/${id}/${spec.name}`) }
  named(id) { return named(this.doc, this.part, this.list, id) }
  // A row that the server does not take is said in words by its list; what it refuses of a field is said at the field.
  async save(items) {
    this.wrong.value = ""
    const answer = await this.doc.rows(this.part, items.map((item) => ({ list: this.list, ...item })))
    if (!answer) return
    const refused = answer.refused?.find((one) => !one.field), gone = answer.conflicts?.find((one) => !one.field)
    if (!answer.ok) this.wrong.value = answer.error
    else if (refused) this.wrong.value = refused.error
    else if (gone) this.wrong.value = `${gone.by || "Somebody"} removed “${this.named(gone.record)}” meanwhile.`
  }
  say(text) { this.said.value = ""; setTimeout(() => { this.said.value = text }, 30) }   // the same words twice are spoken twice

  // What a new entry says at once: a link that leads to a signature and can lead to one entry only; of a target, the number that
  // a milestone lacks first.
  obvious() {
    const links = this.specs.filter((spec) => spec.first && spec.refers).map((spec) => [spec, this.doc.options(spec)])
    const cells = Object.fromEntries(links.filter(([, all]) => all.length === 1).map(([spec, [[id]]]) => [spec.name, ["", id]]))
    return this.list === "targets" ? { ...cells, ...this.#lackedTarget() } : cells
  }
  #lackedTarget() {
    const of = (list, id, name) => this.doc.cell(`milestones/${list}/${id}/${name}`).peek().value
    const has = (milestone, family) => this.ids.peek().some((id) => of("targets", id, "milestone") === milestone && of("targets", id, "family") === family)
    const families = this.specs.find((spec) => spec.name === "family").choices.map(([value]) => value)
    for (const milestone of this.doc.list("milestones", "milestones").peek()) {
      const family = families.find((one) => !has(milestone, one))
      if (family) return { milestone: ["", milestone], family: ["", family] }
    }
    return {}
  }

  add(cells = {}, after) {
    const record = newId()
    this.made.add(record)
    this.save([{ record, new: true, cells, ...(after === undefined ? {} : { after }) }])
    return record
  }
  duplicate(...ids) {
    const copies = ids.map((id) => ({ record: newId(), new: true, cells: this.#copied(id), after: id }))
    for (const { record } of copies) this.made.add(record)
    this.save(copies)
    this.say(copies.length === 1 ? `A copy of “${this.named(ids[0])}” stands below it` : `${copies.length} copies made`)
    return copies[0].record
  }
  #copied(id) {
    const cells = {}
    for (const spec of this.specs) {
      const { raw } = this.field(id, spec)
      if (raw !== "") cells[spec.name] = [null, raw]
    }
    const first = this.specs[0]
    if (this.firstIsText && cells[first.name]) {
      const ending = " (copy)"
      cells[first.name][1] = cells[first.name][1].slice(0, (first.max ?? Infinity) - ending.length) + ending
    }
    return cells
  }
  // To stand behind `after`, or first when that is "".
  move(id, after) {
    const ids = this.ids.peek(), now = ids[ids.indexOf(id) - 1] ?? ""
    if (after === id || after === now) return
    this.done.push({ id, after: now })
    this.#put(id, after)
  }
  #put(id, after) {
    this.save([{ record: id, after }])
    this.say(`${this.named(id)}: place ${this.ids.peek().indexOf(id) + 1} of ${this.ids.peek().length}`)
  }
  step(id, by) {
    const others = this.ids.peek().filter((one) => one !== id), place = this.ids.peek().indexOf(id) + by
    if (place < 0 || place > others.length) return
    this.move(id, others[place - 1] ?? "")
  }
  // Of some lists, entries in which something is written stay for good: they are answered.
  isLasting(id) { return Boolean(this.about.lasting) && this.specs.some((spec) => spec.core && this.field(id, spec).raw !== "") }
  remove(wanted) {
    const lasting = wanted.filter((id) => this.isLasting(id))
    if (lasting.length) {
      this.stopPicking()
      this.wrong.value = `${capital(withArticle(this.about.singular))} is answered, never removed. Say what came of it.`
      travel(placeHref(root, this.doc, this.part, `${this.list}.${lasting[0]}.${this.about.lasting}`))
      return
    }
    const ids = this.ids.peek(), chosen = new Set(wanted)
    const rows = ids.map((id, place) => ({ id, after: ids[place - 1] ?? "" })).filter(({ id }) => chosen.has(id))
    if (!rows.length) return
    for (const row of rows) row.name = this.named(row.id)
    const note = { key: newId(), after: rows[0].after, place: ids.indexOf(rows[0].id), rows }
    this.done.push(note)
    this.removed.value = [...this.removed.value, note]
    this.save(rows.map(({ id }) => ({ record: id, remove: true })))
    this.stopPicking()
    this.say(`${this.nameOf(rows)} removed`)
  }
  bringBack(note) {
    const ids = this.ids.peek(), there = new Set(ids), items = []
    let before = ids[this.#placeOf(note, ids) - 1] ?? ""                   // for a row whose neighbour went, too
    for (const { id, after } of note.rows) {
      if (!there.has(id)) items.push({ record: id, restore: true, after: after === "" || there.has(after) ? after : before })
      there.add(id)
      this.made.add(id)
      before = id
    }
    this.forget(note)
    this.save(items)
    this.say(`${this.nameOf(note.rows)} brought back`)
  }
  // What somebody else removed comes back where it stood, with what this person wrote in it meanwhile.
  revive(id, place) {
    this.made.add(id)
    const ids = this.ids.peek()
    this.save([{ record: id, restore: true, after: ids[Math.min(place, ids.length) - 1] ?? "" }])
    const asked = this.specs.map((spec) => this.field(id, spec)).filter((field) => field.clash.peek()?.status === "removed")
    for (const field of asked) field.settle("mine")
  }
  forget(note) { this.removed.value = this.removed.value.filter((one) => one !== note) }
  // Takes back what was done last; the row that it concerns, or "" when there is nothing.
  undo() {
    for (let last; (last = this.done.pop()); ) {
      if (last.rows && this.removed.peek().includes(last)) { this.bringBack(last); return last.rows[0].id }
      if (last.rows || !this.ids.peek().includes(last.id)) continue        // it is back already, or somebody removed it
      this.#put(last.id, this.ids.peek().includes(last.after) ? last.after : "")
      return last.id
    }
    return ""
  }
  nameOf(rows) { return rows.length === 1 ? `“${cut(rows[0].name, SHORT)}”` : `${rows.length} entries` }
  #placeOf(note, ids) {
    const before = ids.indexOf(note.after), isLost = note.after !== "" && before < 0
    return isLost ? Math.min(note.place, ids.length) : before + 1
  }
  // Notes by the place where they are shown: behind the row that stood before what was removed, or where that was.
  notes() {
    const ids = this.ids.value, places = new Map()
    for (const note of this.removed.value) {
      if (note.rows.every(({ id }) => ids.includes(id))) continue          // somebody else brought it back
      const place = this.#placeOf(note, ids)
      places.set(place, [...(places.get(place) ?? []), note])
    }
    return places
  }

  toggle(id) {
    const next = new Set(this.picked.peek())
    next.delete(id) || next.add(id)
    this.pickedLast = id
    this.pick(next)
  }
  pickTo(id) {
    const ids = this.ids.peek(), from = Math.max(0, ids.indexOf(this.pickedLast ?? id)), to = ids.indexOf(id)
    this.pick(new Set([...this.picked.peek(), ...ids.slice(Math.min(from, to), Math.max(from, to) + 1)]))
  }
  pick(set) { this.picked.value = set; this.picking.value = true; this.say(`${set.size} selected`) }
  stopPicking() { this.picked.value = new Set(); this.picking.value = false; this.pickedLast = undefined }
}
