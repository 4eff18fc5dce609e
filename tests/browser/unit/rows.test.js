// What rows of a list say, and what is done to them.
import assert from "node:assert/strict"
import { beforeEach, test } from "node:test"
import { windowEvent } from "./world.js"
import { applied } from "../../../pages/static/live/outbox.js"
import { records } from "../../../pages/static/live/records.js"
import { named, told, withArticle } from "../../../pages/static/live/words.js"
import { signal } from "../../../pages/static/live/vendor/signals-core.js"

const LINK = "milestones.milestones"
const CHOICES = [["guess", "A guess"], ["estimate", "An estimate"], ["measured", "Measured"]]
const SPECS = {
  benefits: [
    { name: "name", kind: "text", label: "What", core: true }, { name: "why", kind: "long", label: "Why", core: true },
    { name: "likely", kind: "money", label: "Most likely", core: true }, { name: "owner", kind: "text", label: "Owner", core: true },
    { name: "share", kind: "number", label: "Share", unit: "%", core: true }, { name: "days", kind: "integer", label: "Days to obtain?", core: true },
    { name: "currency", kind: "choice", label: "Currency", choices: [["EUR", "Euro"]], assumed: true },
    { name: "evidence", kind: "choice", label: "How we know", choices: CHOICES },
  ],
  targets: [
    { name: "milestone", kind: "link", label: "Milestone", refers: LINK, core: true }, { name: "kept", kind: "choice", label: "Kept?", choices: [["yes", "Yes"]], core: true },
    { name: "metric", kind: "text", label: "Metric", core: true }, { name: "least", kind: "number", label: "Target", core: true }, { name: "unit", kind: "text", label: "Unit", tabled: true },
  ],
  sizes: [{ name: "size", kind: "number", label: "Amount", unit: "kg", core: true }, { name: "error", kind: "number", label: "Error", core: true }],
  milestones: [{ name: "deliverable", kind: "text", label: "Deliverable", core: true }],
}

class Doc {
  fields = new Map(); lists = new Map(); sent = []
  schema = { p: { lists: Object.fromEntries(Object.keys(SPECS).map((name) => [name, { title: name, singular: "entry" }])) } }
  specs(_, list) { return SPECS[list] }
  list(_, list) { if (!this.lists.has(list)) this.lists.set(list, signal([])); return this.lists.get(list) }
  field(addr) { if (!this.fields.has(addr)) this.fields.set(addr, { raw: "", clash: signal(null) }); return this.fields.get(addr) }
  fill(list, id, answers, part = "p") {
    this.list(part, list).value = [...this.list(part, list).peek(), id]
    for (const [name, raw] of Object.entries(answers)) this.field(`${part}/${list}/${id}/${name}`).raw = raw
  }
  async rows(_, items) {
    this.sent.push(items)
    for (const item of items) this.list("p", item.list).value = applied(this.list("p", item.list).peek(), [item])
    return this.answer ?? { ok: true }
  }
}

let doc
beforeEach(() => { doc = new Doc() })
const chips = (list, id) => told(doc, "p", list, id).chips.map(({ look, label = "", text }) => [label, text, look].filter(Boolean).join(" "))

test("a row says three things at most, and how far they can be trusted", () => {
  doc.fill("benefits", "b", { name: "Less waste", why: "Bread is dear.", likely: "1,200", owner: "Ann", share: "8.5", days: "3", currency: "EUR", evidence: "measured" })
  assert.equal(named(doc, "p", "benefits", "b"), "Less waste")
  assert.equal(told(doc, "p", "benefits", "b").long, "Bread is dear.")
  assert.deepEqual(chips("benefits", "b"), ["Most likely €1,200", "Ann", "Measured yes"])
  doc.field("p/benefits/b/evidence").raw = "guess"
  assert.equal(chips("benefits", "b")[2], "A guess guess")
  doc.field("p/benefits/b/evidence").raw = ""
  assert.equal(chips("benefits", "b")[2], "Share 8.5\u00a0%")
})

test("what is open looks open, two things of it at most", () => {
  doc.fill("benefits", "b", { name: "Less waste", likely: "?" })
  assert.deepEqual(chips("benefits", "b"), ["Most likely: not known yet open", "no owner yet open", "no share yet open"])
  doc.field("p/benefits/b/likely").raw = ""
  assert.deepEqual(chips("benefits", "b"), ["Most likely? open", "no owner yet open"])
})

test("rows without a text of their own are called after their first answer", () => {
  doc.fill("milestones", "m", { deliverable: "Trial in one shop" }, "milestones")
  doc.fill("targets", "t", { milestone: "m", metric: "Loaves", unit: "a day", least: "12", kept: "yes" })
  assert.equal(named(doc, "p", "targets", "t"), "Loaves")
  assert.deepEqual(chips("targets", "t"), ["Trial in one shop", "Target 12\u00a0a day", "Kept? Yes"])
  doc.field("p/targets/t/metric").raw = ""
  assert.equal(named(doc, "p", "targets", "t"), "Trial in one shop")
  doc.field("p/targets/t/milestone").raw = "gone"
  assert.equal(named(doc, "p", "targets", "t"), "Not named yet")
  doc.fill("sizes", "s", { size: "20" })
  assert.equal(named(doc, "p", "sizes", "s"), "Amount 20\u00a0kg")
  doc.fill("sizes", "n", {})
  assert.equal(named(doc, "p", "sizes", "n"), "Not named yet")
  assert.equal(withArticle("idea"), "an idea")
  assert.equal(withArticle("goal"), "a goal")
})

function list(...ids) {
  for (const id of ids) doc.fill("milestones", id, { deliverable: id.toUpperCase() })
  return records(doc, "p", "milestones")
}
const shown = (rec) => rec.ids.peek().join("")

test("a row moves, but not beyond the ends", () => {
  const rec = list("a", "b", "c")
  rec.step("a", 1)
  assert.equal(shown(rec), "bac")
  rec.step("b", -1)
  rec.step("c", 1)
  rec.move("a", "b")
  assert.equal(shown(rec), "bac")
  assert.deepEqual(doc.sent, [[{ list: "milestones", record: "a", after: "b" }]])
})

test("what is removed comes back in its place, whatever others did meanwhile", () => {
  const rec = list("a", "b", "c", "d")
  rec.remove(["c", "b"])
  assert.equal(shown(rec), "ad")
  assert.deepEqual([...rec.notes()].map(([place, notes]) => [place, rec.nameOf(notes[0].rows)]), [[1, "2 entries"]])
  rec.ids.value = ["n", "a", "d"]
  assert.deepEqual([...rec.notes().keys()], [2])
  rec.ids.value = ["n", "d"]                                                // the one before it went, too
  assert.deepEqual([...rec.notes().keys()], [1])
  rec.ids.value = ["n", "a", "d"]
  rec.bringBack(rec.removed.peek()[0])
  assert.equal(shown(rec), "nabcd")
  assert.equal(rec.removed.peek().length, 0)
})

test("keys take back what was done last, and pass over what others have changed", () => {
  const rec = list("a", "b", "c")
  rec.step("a", 1)
  rec.remove(["c"])
  assert.equal(rec.undo(), "c")
  assert.equal(rec.undo(), "a")
  assert.equal(shown(rec), "abc")
  assert.equal(rec.undo(), "")
  rec.step("b", 1)
  rec.ids.value = ["a", "c"]                                                // somebody removed what was moved
  assert.equal(rec.undo(), "")
})

test("rows whose neighbours went, too, come back together where they stood", () => {
  const rec = list("a", "b", "c", "d")
  rec.remove(["b", "c"])
  rec.ids.value = ["n", "d"]
  rec.bringBack(rec.removed.peek()[0])
  assert.equal(shown(rec), "nbcd")
})

test("a note goes when somebody else brought the row back, and when the page is left", () => {
  const rec = list("a", "b")
  rec.remove(["a"])
  rec.ids.value = ["a", "b"]
  assert.equal(rec.notes().size, 0)
  rec.remove(["b"])
  globalThis.location = new URL("http://workbench.test/value?project=p1")
  windowEvent("address")
  assert.equal(rec.removed.peek().length, 0)
  globalThis.location = new URL("http://workbench.test/problems?project=p1")
})

test("a copy has all answers and says that it is one", () => {
  doc.fill("benefits", "b", { name: "Less waste", likely: "?" })
  const rec = records(doc, "p", "benefits"), copy = rec.duplicate("b")
  assert.deepEqual(doc.sent[0][0], { list: "benefits", record: copy, new: true, cells: { name: [null, "Less waste (copy)"], likely: [null, "?"] }, after: "b" })
})

test("a range is selected from where the last one was", () => {
  const rec = list("a", "b", "c", "d")
  rec.toggle("c")
  rec.pickTo("a")
  assert.deepEqual([...rec.picked.peek()].sort(), ["a", "b", "c"])
  rec.toggle("b")
  assert.equal(rec.picked.peek().has("b"), false)
})

test("what becomes of a row is said where it is not saved", async () => {
  const rec = list("a", "b")
  doc.answer = { ok: true, conflicts: [{ record: "a", field: "", by: "Ben", status: "removed" }] }
  await rec.save([{ record: "a", after: "b" }])
  assert.equal(rec.wrong.peek(), "Ben removed “A” meanwhile.")
  doc.answer = { ok: false, error: "This project is archived." }
  await rec.save([{ record: "a", after: "" }])
  assert.equal(rec.wrong.peek(), "This project is archived.")
  doc.answer = null
  await rec.save([{ record: "a", after: "b" }])
  assert.equal(rec.wrong.peek(), "")
})
