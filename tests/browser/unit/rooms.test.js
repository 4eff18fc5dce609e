// What the question of a workshop rests on: figures as people type them, scales, cards that sound alike, what is still to be filled in.
import assert from "node:assert/strict"
import { test } from "node:test"
import "./world.js"
import { alike } from "../../../pages/static/live/room-alike.js"
import { figure, places, readFigure, roughly, unitOf } from "../../../pages/static/live/room-figures.js"
import { stillOpen, toFillIn } from "../../../pages/static/live/room-pieces.js"

test("figures as people type them", () => {
  const read = { "250,000": 250_000, "€250,000": 250_000, "1.2 million": 1_200_000, "€1.2m": 1_200_000, "12,5": 12.5, "1.234,50": 1234.5, "1,234.50": 1234.5, "1 234": 1234, "1.234.567": 1_234_567,
    "80 %": 80, "-3": -3, "−€40": -40, "30k": 30_000, "0": 0, ".5": 0.5, "۲۵۰٬۰۰۰": 250_000, "۱۲٫۵": 12.5, "450,000 EUR": 450_000, "about 7": 7 }
  for (const [typed, n] of Object.entries(read)) assert.equal(readFigure(typed), n, typed)
  assert.equal(readFigure("  "), null)
  for (const typed of ["many", "<b>", "1,2,3", "1.2.3", "--", "50.000", "€1.250"]) assert.ok(Number.isNaN(readFigure(typed)), typed)
})

test("figures as people read them", () => {
  assert.equal(figure(250_000, "EUR"), "€250,000")
  assert.equal(figure(-40, "EUR"), "−€40")
  assert.equal(figure(80, "%"), "80\u00a0%")
  assert.equal(figure(1, "days"), "1\u00a0day")
  assert.equal(figure(null, "EUR"), "")
  assert.equal(roughly(1_234_567, "EUR"), "€1.23\u00a0million")
  assert.equal(roughly(999_999, "EUR"), "€999,999")
  assert.equal(roughly(2_000_000, "shop days"), "2\u00a0million\u00a0shop days")
  for (const n of [0, 0.1, 12.5, 999_999, 1_234_567.25]) assert.equal(readFigure(figure(n, "EUR")), n)
})

test("a scale holds all its values, also where they are one or none lies above nought", () => {
  for (const values of [[60_000, 1_000_000], [5], [0], [-3, -1], [-2, 8], [0.001, 0.002], [99, 100]]) {
    const scale = places(values)
    assert.ok(scale.length >= 2 && scale.length <= 9, String(scale))
    assert.ok(scale[0] <= Math.min(...values) && scale.at(-1) >= Math.max(...values), `${values}: ${scale}`)
  }
  assert.deepEqual(places([60_000, 1_000_000]), [0, 200_000, 400_000, 600_000, 800_000, 1_000_000])
})

test("cards that sound alike come first, in any language, and never what stands together already", () => {
  const cards = ["Bread left at closing goes into the bin", "Pretzels are sold out by five", "Every evening bread goes into the bin", "نان هر شب دور ریخته می‌شود", "هر شب نان دور ریخته می‌شود"].map((text, i) => ({ id: `c${i}`, text, group: `c${i}` }))
  const pairs = alike(cards).map(([a, b]) => a.id + b.id)
  assert.deepEqual(pairs.slice(0, 2).sort(), ["c0c2", "c3c4"])
  assert.ok(!pairs.some((pair) => pair.includes("c1")))
  assert.deepEqual(alike(cards.map((card) => ({ ...card, group: "c0" }))), [])
  assert.deepEqual(alike([{ id: "a", text: "?!", group: "a" }, { id: "b", text: "", group: "b" }]), [])
})

test("what stands with each number of a place, and what stands once", () => {
  assert.deepEqual(unitOf("Unsold goods, in %"), { own: "%", name: "Unsold goods", after: "" })
  assert.deepEqual(unitOf("EUR per year"), { own: "EUR", name: "", after: "per year" })
  assert.deepEqual(unitOf("USD"), { own: "USD", name: "", after: "" })
  assert.deepEqual(unitOf("days"), { own: "days", name: "", after: "" })
  assert.deepEqual(unitOf("of 100 cases"), { own: "", name: "", after: "of 100 cases" })
  assert.deepEqual(unitOf(), { own: "", name: "", after: "" })
})

test("what is still open at a settled question: blank answers of its places, never options, rows to come or what was left open", () => {
  const fields = ["who", "since"], places = [{ part: "a", list: "l", record: "r", fields }, { part: "a", list: "", record: "", fields: ["why", "gone"] }]
  const room = { targets: { value: [...places, { part: "a", list: "l", record: "", fields }, { part: "a", list: "l", record: "o", fields, is_option: true }, { part: "a", list: "l", record: "n", fields: [] }] } }
  const taken = { kind: "gather", outcome: { how: "taken" } }
  assert.deepEqual(toFillIn(room, taken), places)
  for (const question of [{ ...taken, outcome: null }, { ...taken, outcome: { how: "parked" } }, { ...taken, kind: "answer" }]) assert.deepEqual(toFillIn(room, question), [])
  const raws = { "a/l/r/who": "Bakers", "a/l/r/since": "", "a///why": "" }
  const doc = { spec: (part, list, name) => (name === "gone" ? undefined : { name }), field: (addr) => ({ raw: raws[addr] }) }
  assert.equal(stillOpen(doc, places), 2)
  raws["a///why"] = "not known yet"
  assert.equal(stillOpen(doc, places), 1)
})
