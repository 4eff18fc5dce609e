// Which step of the ladder stands where, what a new one moves, and how data flows from step to step.
import assert from "node:assert/strict"
import { test } from "node:test"
import "./world.js"
import { flow } from "../../../pages/static/live/flow.js"
import { add, ascending, climbed, restsOn } from "../../../pages/static/live/ladder-order.js"

const LEVELS = [["model", "The model does"], ["software", "The software does"], ["people", "People do"], ["business", "The business sees"], ["company", "The company feels"]]
const SPECS = [{ name: "metric", kind: "text" }, { name: "level", kind: "choice", choices: LEVELS }, { name: "order", kind: "integer" }]

function ladder(...rungs) {
  const cells = new Map(), saved = []
  const raw = (addr) => cells.get(addr) ?? ""
  for (const { id, ...answers } of rungs) for (const [name, typed] of Object.entries(answers)) cells.set(`value/rungs/${id}/${name}`, String(typed))
  const doc = { field: (addr) => ({ raw: raw(addr) }), cell: (addr) => ({ peek: () => ({ value: raw(addr) || null }) }) }
  return { part: "value", list: "rungs", doc, specs: SPECS, made: new Set(), ids: { value: rungs.map(({ id }) => id) }, say() {}, save: (items) => saved.push(...items), saved }
}

test("steps stand by their place, and each level without one has a slot", () => {
  const rec = ladder({ id: "c", level: "company", order: 5 }, { id: "lost" }, { id: "m", level: "model", order: 1 })
  assert.deepEqual(ascending(rec), ["m", "c", "lost"])
  assert.deepEqual(climbed(rec, ascending(rec)).map(({ id, level }) => id ?? level), ["m", 1, 2, 3, "c", "lost"])
  assert.deepEqual(climbed(ladder(), []).map(({ level }) => level), [0, 1, 2, 3, 4])
})

test("a new step makes room above it, and what is above still rests on what it rested on", () => {
  const rec = ladder({ id: "m", level: "model", order: 1 }, { id: "c", level: "company", order: 2, low: 1, high: 2 }, { id: "far", level: "company", order: 9 })
  add(rec, 2, "Taken as proposed")
  const [made, ...others] = rec.saved
  assert.deepEqual(made.cells, { metric: ["", "Taken as proposed"], level: [null, "people"], order: [null, "2"] })
  assert.deepEqual(others.map(({ record, cells }) => [record, Object.entries(cells)[0]]), [["c", ["below", [null, "m"]]], ["c", ["order", ["2", "3"]]]])
})

test("the first step stands first", () => {
  const rec = ladder()
  add(rec, 4, "Sales")
  assert.deepEqual(rec.saved[0].cells.order, [null, "1"])
})

test("a step rests on the one it names, else on the next below", () => {
  const rec = ladder({ id: "a", order: 1 }, { id: "b", order: 2 }, { id: "c", order: 3, below: "a" })
  assert.deepEqual(["a", "b", "c"].map((id) => restsOn(rec, ascending(rec), id)), ["", "a", "a"])
})

function data(sources, steps) {
  const cells = new Map(steps.flatMap(({ id, ...reads }) => Object.entries(reads).map(([name, ids]) => [`data_sources/pipelines/${id}/${name}`, ids.join("|")])))
  const lists = { sources, pipelines: steps.map(({ id }) => id) }
  return { list: (_, name) => ({ value: lists[name] }), field: (addr) => ({ raw: cells.get(addr) ?? "" }) }
}

test("data flows from the sources that are read to the steps that nobody reads", () => {
  const doc = data(["a", "b", "unread"], [{ id: "cut", reads_sources: ["a", "b"] }, { id: "join", reads_steps: ["cut"], reads_sources: ["b", "gone"] }, { id: "loose" }])
  const { steps, sources, last } = flow(doc, "data_sources")
  assert.deepEqual(steps.map(({ id, depth }) => [id, depth]), [["cut", 1], ["join", 2], ["loose", 1]])
  assert.deepEqual([sources, last], [["a", "b"], ["join"]])
})

test("steps that read each other in a circle, or themselves, end", () => {
  const doc = data([], [{ id: "a", reads_steps: ["b", "a"] }, { id: "b", reads_steps: ["a"] }])
  assert.ok(flow(doc, "data_sources").steps.every(({ depth }) => depth <= 3))
})
