// The document of a tab: what it makes of events, answers and failures.
import assert from "node:assert/strict"
import { test } from "node:test"
import { DOCUMENT, everythingSaved, kept, opened, sources, until, windowEvent, world } from "./world.js"

const STATEMENT = "problems/problems/a/statement", SCOPE = "problems///scope"
const rest = (ms) => new Promise((done) => setTimeout(done, ms))
const seen = (doc) => ({ ids: doc.list("problems", "problems").value, first: doc.field(STATEMENT).raw, scope: doc.field(SCOPE).raw, name: doc.name.value })

const EVENTS = [
  { number: 11, part: "problems", by: "Ben", at: 0, set: [["problems", "a", { statement: "First, better" }]] },
  { number: 12, part: "problems", by: "Ben", at: 0, rows: [["problems", "c", 1, { statement: "Third" }]] },
  { number: 13, part: "problems", by: "Ben", at: 0, gone: [["problems", "b"]] },
  { number: 14, part: "problems", by: "Ben", at: 0, order: [["problems", ["c", "a"]]], set: [["", "", { scope: "All languages" }]] },
  { number: 15, part: "project", by: "Ben", at: 0, set: [["", "", { name: "Best search" }]], archived: false },
]
const AFTER = { ids: ["c", "a"], first: "First, better", scope: "All languages", name: "Best search" }

test("events are heard in order", async () => {
  const doc = await opened()
  EVENTS.forEach((e) => doc.hear(e))
  assert.deepEqual(seen(doc), AFTER)
  assert.equal(doc.number.value, 15)
})

test("events that come twice, late or in any order do no harm", async () => {
  for (const order of [[0, 0, 1, 1, 2, 3, 2, 4], [4, 3, 2, 1, 0], [2, 0, 1, 4, 3, 1], [1, 2, 3, 1, 4, 0]]) {
    const doc = await opened()
    // The server tells values as they are by then, so an event that is made late does not bring back what is older.
    order.forEach((i) => doc.hear(structuredClone(EVENTS[i])))
    assert.deepEqual({ ...seen(doc), ids: seen(doc).ids.toSorted() }, { ...AFTER, ids: AFTER.ids.toSorted() }, String(order))
  }
})

test("an event that is older than the answer to our own save changes nothing", async () => {
  const doc = await opened(), field = doc.field(STATEMENT)
  world.answers.push(({ items }) => ({ ...everythingSaved({ items }), number: 20 }))
  field.type("Mine")
  await until(() => field.said.value.startsWith("Saved"))
  doc.hear({ number: 19, part: "problems", by: "Ben", set: [["problems", "a", { statement: "Older" }]] })
  assert.equal(field.raw, "Mine")
  doc.hear({ number: 21, part: "problems", by: "Ben", set: [["problems", "a", { statement: "Newer" }]] })
  assert.equal(field.raw, "Newer")
})

test("what was seen is sent with what is wanted", async () => {
  const doc = await opened(), field = doc.field("problems///budget")
  field.type("2000")
  await until(() => world.requests.length)
  assert.deepEqual(world.requests[0].items, [{ list: "", record: "", cells: { budget: [1000, "2000"] } }])
})

test("what is typed in the room of a workshop belongs to it, and what is typed later does not", async () => {
  const doc = await opened(), field = doc.field("problems///budget")
  doc.workshop = "w1"
  field.type("2000")
  await until(() => world.requests.length)
  doc.workshop = ""
  field.type("3000")
  await until(() => world.requests.length > 1)
  assert.deepEqual(world.requests.map((r) => r.workshop), ["w1", ""])
})

test("a busy server is asked again, a refusal never", async () => {
  const doc = await opened(), field = doc.field(STATEMENT)
  world.answers.push({ status: 503, data: {}, headers: {} }, { status: 422, data: { ok: false, error: "Too long." } })
  field.type("Again")
  await until(() => field.wrong.value)
  assert.equal(world.requests.length, 2)
  assert.equal(field.wrong.value, "Too long.")
  assert.equal(field.raw, "Again")
  field.flush()
  await rest(800)
  assert.equal(world.requests.length, 2)
})

test("a refused cell keeps what was typed and leaves the others alone", async () => {
  const doc = await opened(), users = doc.field("problems/problems/a/users"), field = doc.field(STATEMENT)
  world.answers.push(({ items }) => ({ ok: true, number: 11, saved: everythingSaved({ items }).saved, refused: [{ list: "problems", record: "a", field: "users", error: "Not a number." }], conflicts: [] }))
  await doc.rows("problems", [{ list: "problems", record: "a", cells: { users: [null, "many"], statement: ["First", "Good"] } }])
  assert.equal(users.wrong.value, "Not a number.")
  assert.equal(users.raw, "many")
  assert.equal(field.raw, "Good")
  assert.deepEqual(doc.waiting.value, [users])
  users.type("5")
  await until(() => users.said.value.startsWith("Saved"))
  assert.deepEqual(doc.waiting.value, [])
})

test("whatever is done without a network is sent when it is back, in order and together", async () => {
  const doc = await opened()
  world.isOffline = true
  doc.rows("problems", [{ list: "problems", record: "n", new: true, cells: { statement: ["", "New one"] } }])
  doc.field("problems/problems/n/users").type("3")
  doc.field(SCOPE).type("More")
  doc.field(STATEMENT).type("Better")
  await rest(50)
  assert.deepEqual(seen(doc).ids, ["a", "b", "n"])
  assert.match(doc.field(SCOPE).said.value, /Not saved yet, kept on this device/)
  world.isOffline = false
  windowEvent("online")
  await until(() => doc.field(STATEMENT).said.value.startsWith("Saved"))
  assert.equal(world.requests.length, 2)
  assert.equal(world.requests[0].items[0].new, true)
  assert.deepEqual(world.requests[1].items.map((i) => Object.keys(i.cells)).flat().toSorted(), ["scope", "statement", "users"])
  assert.equal([...kept.keys()].filter((key) => key.includes(`:${doc.project}:`)).length, 0)
})

test("an answer that was lost is asked for again", async () => {
  const doc = await opened(), field = doc.field(STATEMENT)
  world.answers.push("lost", "saved")
  field.type("Once")
  await until(() => field.said.value.startsWith("Saved"))
  assert.deepEqual(world.requests[0].items, world.requests[1].items)
})

test("what is typed while it is being saved is saved next", async () => {
  const doc = await opened(), field = doc.field(STATEMENT)
  world.answers.push(async ({ items }) => { field.type("One two", 1); await rest(30); return everythingSaved({ items }) })
  field.type("One")
  await until(() => field.said.value.startsWith("Saved"))
  assert.deepEqual(world.requests.map((r) => r.items[0].cells.statement), [["First", "One"], ["One", "One two"]])
})

test("what somebody else saved after ours is not written over by what is typed on", async () => {
  const doc = await opened(), field = doc.field(STATEMENT)
  world.answers.push(({ items }) => {
    field.type("Mine, longer", 1)
    doc.hear({ number: 12, part: "problems", by: "Ben", set: [["problems", "a", { statement: "Ben's" }]] })
    return everythingSaved({ items }, 11)
  })
  field.type("Mine")
  await until(() => field.said.value.startsWith("Saved") || field.said.value.startsWith("Changed"))
  assert.deepEqual(world.requests[1].items[0].cells.statement, ["Mine", "Mine, longer"])
})

test("what is typed on while the beginning is refused is saved next", async () => {
  const doc = await opened(), field = doc.field("problems/problems/b/users")
  world.answers.push(async ({ items }) => {
    field.type("70", 1)
    await rest(30)
    return { ...everythingSaved({ items }), saved: [], refused: [{ list: "problems", record: "b", field: "users", error: "Not a number." }] }
  })
  field.type("7o")
  await until(() => field.said.value.startsWith("Saved"))
  assert.equal(field.raw, "70")
  assert.equal(field.wrong.value, "")
})

test("what was typed back without a network leaves nothing to save", async () => {
  const doc = await opened(), field = doc.field(STATEMENT)
  world.isOffline = true
  const added = doc.rows("problems", [{ list: "problems", record: "n", new: true, cells: {} }])
  await rest(30)
  field.type("Better")
  doc.outbox.sendNow()
  await until(() => field.said.value.startsWith("Not saved"))
  field.type("First")
  doc.outbox.sendNow()
  await rest(30)
  assert.equal(field.said.value, "")
  assert.equal([...kept.keys()].some((key) => key.endsWith(`:${doc.project}:draft:${STATEMENT}`)), false)
  world.isOffline = false
  doc.outbox.sendNow()
  await added
  assert.equal(world.requests.length, 1)
})

test("what is read anew does not take a row for removed that has still to be added", async () => {
  const doc = await opened(), field = doc.field("problems/problems/n/users")
  world.isOffline = true
  doc.rows("problems", [{ list: "problems", record: "n", new: true, cells: {} }])
  field.type("3")
  await rest(30)
  const later = DOCUMENT()
  later.number = 900
  world.document = later
  world.isOffline = false
  world.answers.push(async ({ items }) => { await rest(100); return everythingSaved({ items }, 901) })
  doc.hear({ reload: true, number: 900 })
  await until(() => doc.number.value === 900)
  assert.equal(field.clash.value, null)
  doc.outbox.sendNow()
  await until(() => field.said.value.startsWith("Saved"))
  assert.equal(world.requests[1].items[0].cells.users[1], "3")
})

test("many rows are sent in pieces, and answered as one", async () => {
  const doc = await opened(), rows = Array.from({ length: 450 }, (_, i) => ({ list: "problems", record: `n${i}`, new: true, cells: {} }))
  const gone = { list: "problems", record: "n399", field: "", status: "removed", by: "Ben" }
  world.answers.push("saved", ({ items }) => ({ ...everythingSaved({ items }), conflicts: [gone] }), "saved")
  const answer = await doc.rows("problems", rows)
  assert.deepEqual(world.requests.map((r) => r.items.length), [200, 200, 50])
  assert.equal(answer.ok, true)
  assert.deepEqual(answer.conflicts, [gone])
})

test("a text that takes too many bytes to outlive its page is sent all the same", async () => {
  const doc = await opened(), scope = doc.field(SCOPE)
  scope.type("ی".repeat(10_000))
  await until(() => scope.said.value.startsWith("Saved"))
  scope.type("ی".repeat(25_000))
  await until(() => scope.draft.value === null)
  assert.deepEqual(world.requests.map((r) => r.keepalive), [true, false])
})

for (const [how, text] of [["mine", "Mine"], ["theirs", "Theirs"], ["both", "Theirs / Mine"]]) {
  test(`two people in one field: ${how}`, async () => {
    const doc = await opened(), field = doc.field(STATEMENT)
    const conflict = { list: "problems", record: "a", field: "statement", status: "conflict", by: "Ben", value: "Theirs", typed: "Theirs", shown: "Theirs" }
    world.answers.push(() => ({ ok: true, number: 11, saved: [], refused: [], conflicts: [conflict] }))
    field.type("Mine")
    await until(() => field.clash.value)
    assert.equal(field.raw, "Mine")
    field.settle(how)
    await until(() => field.draft.value === null)
    assert.equal(field.raw, text)
    if (how !== "theirs") assert.deepEqual(world.requests[1].items[0].cells.statement, ["Theirs", text])
  })
}

test("a row that was removed under the hands comes back with the text when that is wanted", async () => {
  const doc = await opened(), field = doc.field(STATEMENT)
  field.type("Still writing", 10_000)
  doc.hear({ number: 11, part: "problems", by: "Ben", gone: [["problems", "a"]] })
  assert.equal(field.clash.value.status, "removed")
  assert.equal(doc.drafted("problems", "problems", "a"), true)
  field.settle("mine")
  await until(() => world.requests.length)
  assert.deepEqual(world.requests[0].items, [{ list: "problems", record: "a", cells: { statement: ["First", "Still writing"] }, restore: true }])
})

test("somebody else's text does not touch a draft", async () => {
  const doc = await opened(), field = doc.field(STATEMENT)
  field.type("Mine, unfinished", 10_000)
  doc.hear({ number: 11, part: "problems", by: "Ben", set: [["problems", "a", { statement: "Theirs" }]] })
  assert.equal(field.raw, "Mine, unfinished")
  assert.equal(field.said.value, "Ben is changing this too")
})

test("rows are shown at once and stay where the server puts them", async () => {
  const doc = await opened()
  const ids = () => doc.list("problems", "problems").value
  const added = doc.rows("problems", [{ list: "problems", record: "n", new: true, after: "a" }])
  assert.deepEqual(ids(), ["a", "n", "b"])
  await added
  assert.deepEqual(ids(), ["a", "n", "b"])
  doc.rows("problems", [{ list: "problems", record: "a", remove: true }])
  assert.deepEqual(ids(), ["n", "b"])
  await doc.rows("problems", [{ list: "problems", record: "a", restore: true, after: "" }])
  assert.deepEqual(ids(), ["a", "n", "b"])
})

test("rows that are refused as a whole go away again, and it is said why", async () => {
  const doc = await opened()
  world.answers.push({ status: 413, data: { ok: false, error: "That is too much at once." } })
  await doc.rows("problems", [{ list: "problems", record: "n", new: true }])
  assert.deepEqual(doc.list("problems", "problems").value, ["a", "b"])
  assert.equal(doc.error.value, "That is too much at once.")
})

test("what was typed in a row is saved before the row is removed", async () => {
  const doc = await opened()
  doc.field(STATEMENT).type("Last words", 10_000)
  await doc.rows("problems", [{ list: "problems", record: "a", remove: true }])
  assert.deepEqual(world.requests[0].items, [
    { list: "problems", record: "a", cells: { statement: ["First", "Last words"] } },
    { list: "problems", record: "a", remove: true },
  ])
})

test("after too many missed revisions everything is read anew, and what became empty is empty", async () => {
  const doc = await opened()
  assert.equal(doc.field(SCOPE).raw, "English")
  const later = DOCUMENT()
  later.number = 900
  later.parts.problems = { own: {}, lists: { problems: [["b", { statement: "Second" }]] } }
  world.document = later
  doc.hear({ reload: true, number: 900 })
  await until(() => doc.number.value === 900)
  assert.deepEqual(doc.list("problems", "problems").value, ["b"])
  assert.equal(doc.field(SCOPE).raw, "")
  assert.equal(doc.field("problems///budget").cell.value.value, null)
})

test("a device that keeps nothing is noticed, and saving goes on", async () => {
  const { refused } = await import("../../../pages/static/live/kept.js")
  const doc = await opened(), field = doc.field(STATEMENT)
  world.keepsNothing = true
  field.type("Saved all the same")
  await until(() => field.said.value.startsWith("Saved"))
  assert.equal(refused.value, true)
  refused.value = false
})

test("what a closed tab left is taken over and saved; what an open one keeps is left alone", async () => {
  const project = `p${Number((await opened()).project.slice(1)) + 1}`
  const draft = (raw, at) => JSON.stringify({ at, value: { raw, before: { value: "First", typed: "First" } } })
  kept.set(`kept:gone:${project}:draft:${STATEMENT}`, draft("Left behind", Date.now() - 3_600_000))
  kept.set(`kept:open:${project}:draft:${SCOPE}`, draft("Being typed", Date.now()))
  const doc = await opened(), field = doc.field(STATEMENT)
  assert.equal(doc.project, project)
  assert.equal(field.raw, "Left behind")
  await until(() => field.said.value.startsWith("Saved"))
  assert.equal(doc.field(SCOPE).raw, "English")
  assert.equal(kept.has(`kept:open:${project}:draft:${SCOPE}`), true)
  assert.equal(kept.has(`kept:gone:${project}:draft:${STATEMENT}`), false)
})

test("an archived project saves nothing", async () => {
  const doc = await opened({ ...DOCUMENT(), archived: true })
  doc.field(STATEMENT).type("No")
  await rest(30)
  assert.equal(world.requests.length, 0)
})

test("whoever leaves while saving sends the rest at once", async () => {
  const doc = await opened(), field = doc.field(STATEMENT)
  world.answers.push(async ({ items }) => { await rest(200); return everythingSaved({ items }) })
  field.type("One")
  await until(() => world.requests.length)
  doc.field(SCOPE).type("Two", 10_000)
  windowEvent("pagehide")
  assert.deepEqual(world.requests.at(-1).items, [{ list: "", record: "", cells: { scope: ["English", "Two"] } }])
})

test("what was refused in a row goes with it when the row is removed, and comes back with it", async () => {
  const doc = await opened(), field = doc.field("problems/problems/b/users")
  const refuse = (items, number) => ({
    ...everythingSaved({ items }, number), saved: [], refused: [{ list: "problems", record: "b", field: "users", error: "Not a number." }],
  })
  world.answers.push(({ items }) => refuse(items, 11))
  field.type("abc")
  assert.ok(await until(() => field.wrong.value))
  await doc.rows("problems", [{ list: "problems", record: "b", remove: true }])
  assert.deepEqual([field.draft.value, field.wrong.value, doc.waiting.value.length], [null, "", 0])
  assert.deepEqual(world.requests.at(-1).items, [{ list: "problems", record: "b", remove: true }])
  world.answers.push(({ items }) => refuse(items, 13))
  await doc.rows("problems", [{ list: "problems", record: "b", restore: true }])
  assert.deepEqual(world.requests.at(-1).items, [{ list: "problems", record: "b", restore: true, cells: { users: [7, "abc"] } }])
  assert.deepEqual([field.raw, field.wrong.value, doc.waiting.value.length], ["abc", "Not a number.", 1])
})

test("a row that is removed before its refusal comes leaves nothing behind", async () => {
  const doc = await opened(), field = doc.field("problems/problems/n/users")
  world.answers.push(({ items }) => ({
    ...everythingSaved({ items }), saved: [], refused: [{ list: "problems", record: "n", field: "users", error: "Not a number." }],
  }))
  const made = doc.rows("problems", [{ list: "problems", record: "n", new: true, cells: { users: [null, "abc"] } }])
  const gone = doc.rows("problems", [{ list: "problems", record: "n", remove: true }])
  await Promise.all([made, gone])
  assert.deepEqual([field.draft.value, field.wrong.value, doc.waiting.value.length], [null, "", 0])
})

test("what was refused is given back where its row could not be removed", async () => {
  const doc = await opened(), field = doc.field("problems/problems/b/users")
  world.answers.push(({ items }) => ({
    ...everythingSaved({ items }), saved: [], refused: [{ list: "problems", record: "b", field: "users", error: "Not a number." }],
  }), { status: 422, data: { ok: false, error: "Not now." } })
  field.type("abc")
  assert.ok(await until(() => field.wrong.value))
  await doc.rows("problems", [{ list: "problems", record: "b", remove: true }])
  assert.deepEqual([field.raw, field.wrong.value], ["abc", "Not now."])
})

const settled = async (ask) => { for (let i = 0; i < 200 && !ask(); i++) await new Promise((done) => setImmediate(done)) }

test("where a proxy holds the stream back everything is read now and then; a stream that dies without a word is opened anew", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] })
  const doc = await opened()
  for (const number of [11, 12]) {
    const later = DOCUMENT()
    later.number = number
    later.parts.problems.own.scope = `Scope ${number}`
    world.document = later
    t.mock.timers.tick(10_000)
    await settled(() => doc.number.value === number)
    assert.equal(doc.field(SCOPE).raw, `Scope ${number}`)
    assert.equal(doc.isDeaf.value, true)
  }
  sources.at(-1).onmessage({ data: JSON.stringify({ number: 13, part: "problems", set: [["", "", { scope: "Heard" }]] }) })
  assert.equal(doc.isDeaf.value, false)
  assert.equal(doc.field(SCOPE).raw, "Heard")

  const before = sources.length
  t.mock.timers.tick(39_000)
  assert.equal(sources.length, before)
  t.mock.timers.tick(2_000)
  assert.equal(sources.length, before + 1)
  assert.match(sources.at(-1).url, /since=13$/)
  assert.equal(doc.isDeaf.value, false)
})
