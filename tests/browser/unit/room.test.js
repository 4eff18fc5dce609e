// The workshop of a tab: what it makes of what the room tells, of answers, of a dead network, and of what was left behind.
import assert from "node:assert/strict"
import { after, beforeEach, test } from "node:test"
import { kept, until, windowEvent } from "./world.js"

const server = { room: null, mine: {}, requests: [], answers: [], isOffline: false, looked: [] }
const streams = []
globalThis.EventSource = class {
  static CLOSED = 2
  constructor(url) { this.url = url; this.ears = new Map(); streams.push(this) }
  addEventListener(kind, ear) { this.ears.set(kind, ear) }
  tell(kind, data) { this.ears.get(kind)({ data: JSON.stringify(data) }) }
  close() { this.isClosed = true }
}
const reply = (status, data) => ({ ok: status < 400, status, headers: { get: () => null }, json: async () => structuredClone(data) })
globalThis.fetch = async (url, { body } = {}) => {
  if (server.isOffline) throw new TypeError("offline")
  const path = String(url).split("api/v1/")[1]
  if (!body) {
    const at = new URLSearchParams(path.split("?")[1]).get("at")
    server.looked.push(at)
    return reply(200, { ok: true, workshop: { id: "w", name: "Workshop" }, room: server.room, me: { id: "ana" }, mine: server.mine, of: at ?? server.room.now, targets: [{ id: at ?? "own" }],
      ...(at ? { question: { ...question(at), phase: "writing" } } : {}) })
  }
  const sent = JSON.parse(body)
  server.requests.push({ path, ...sent })
  const next = server.answers.shift()
  if (next) return reply(next.status ?? 200, next.data ?? next)
  return reply(200, { ok: true, refused: [], room: server.room, me: { id: "ana" }, mine: server.mine })
}

const question = (key, phase = "writing") => ({ key, kind: "gather", phase, round: 1, phases: ["writing", "grouping", "settled"], done: [] })
const told = (over = {}) => ({ number: 5, clock: { now: Date.now(), total: null, ends: null, left: null }, status: "running", started: 1, ended: null, agenda: [{ key: "problem", title: "Problem", minutes: 15,
  questions: [{ key: "wish", short: "What should work better?", kind: "gather", outcome: null }, { key: "who", short: "Who feels it?", kind: "gather", outcome: null }] }],
  people: [{ id: "ana", name: "Ana", side: "business", role: "leads", here: true, ready: false, prepared: 0 }], prepare: { questions: [], until: null, cards: 0 }, locked: [], called: 0, parked: [], now: "wish",
  question: question("wish"), ...over })
const { enter, minutes, timed } = await import("../../../pages/static/live/room.js")
let count = 0
const rooms = []
async function opened() {
  const room = enter(`w${++count}`)
  rooms.push(room)
  await room.ready
  return room
}
after(() => rooms.forEach((room) => room.leave()))                          // or its timers would keep this from ending
const ofRoom = (room) => [...kept].filter(([key]) => key.includes(`:room-w${count}:`)).map(([key]) => key.split(":").slice(3).join(":"))

beforeEach(() => { Object.assign(server, { room: told(), mine: {}, requests: [], answers: [], isOffline: false, looked: [] }); streams.length = 0 })

test("moves go in the order in which they were made, and are kept until the server has them", async () => {
  const room = await opened()
  server.isOffline = true
  room.card("wish", "One")
  room.card("wish", "Two")
  assert.deepEqual(room.own("wish").cards.map((c) => [c.text, c.isOnItsWay]), [["One", true], ["Two", true]])
  assert.equal(ofRoom(room).filter((name) => name.startsWith("move:")).length, 2)
  server.isOffline = false
  windowEvent("online")
  await until(() => !room.pending.value.length)
  assert.deepEqual(server.requests.flatMap((r) => r.moves.map((m) => m.text)), ["One", "Two"])
  assert.deepEqual(ofRoom(room), [])
})

test("what was refused says why, and its words go back to where they were typed", async () => {
  const room = await opened()
  server.answers.push({ ok: true, refused: [{ at: 0, error: "The room has moved on: voting." }], room: server.room, mine: {} })
  const answer = await room.card("wish", "Late")
  assert.deepEqual(answer, { ok: false, error: "The room has moved on: voting." })
  assert.equal(room.error.value, "The room has moved on: voting.")
  assert.equal(room.draft("wish").value, "Late")
})

test("what the server cannot read spoils nothing that travels with it", async () => {
  const room = await opened()
  server.isOffline = true
  const all = [room.card("wish", "Good"), room.act({ kind: "no_such" }), room.card("wish", "Good too")]
  const no = { status: 400, data: { ok: false, error: "The request is not understood." } }
  server.answers.push(no, undefined, no)
  server.isOffline = false
  windowEvent("online")
  assert.deepEqual((await Promise.all(all)).map((a) => a.ok), [true, false, true])
  assert.deepEqual(room.pending.value, [])
})

test("who sends too much waits, and loses nothing", async () => {
  const room = await opened()
  server.answers.push({ status: 429, data: { ok: false, error: "Too much.", status: 429 } })
  assert.deepEqual(await room.card("wish", "Kept"), { ok: true })
  assert.deepEqual(server.requests.map((r) => r.moves[0].text), ["Kept", "Kept"])
  assert.equal(server.requests[0].moves[0].id, server.requests[1].moves[0].id)
})

test("a tab that is gone leaves its moves in order, its words and its cards without a name", async () => {
  const at = Date.now() - 120_000, leave = (name, value, when = at) => kept.set(`kept:gone:room-w${count + 1}:${name}`, JSON.stringify({ at: when, value }))
  leave("move:b", { n: 1, body: { kind: "card", question: "wish", id: "b", text: "Second", mark: "" } })
  leave("move:a", { n: 0, body: { kind: "card", question: "wish", id: "a", text: "First", mark: "" } })
  leave("draft:who", "Half a thou")
  leave("nameless:c", { id: "c", question: "wish", text: "Nobody's", mark: "", secret: "5ec" })
  const room = await opened()
  await until(() => server.requests.length && !room.pending.value.length)
  assert.deepEqual(server.requests[0].moves.map((m) => m.text), ["First", "Second"])
  assert.equal(room.draft("who").value, "Half a thou")
  assert.deepEqual(room.left.value, [["who", "Half a thou"]])
  assert.deepEqual(room.own("wish").cards.map((c) => [c.text, Boolean(c.isNameless)]), [["Nobody's", true]])
})

test("a card without a name travels with a secret, and only this device knows whose it is", async () => {
  const room = await opened()
  await room.card("wish", "They will not like it", { isNameless: true })
  const [sent] = server.requests[0].moves
  assert.match(sent.secret, /^[0-9a-f]{32}$/)
  assert.deepEqual(room.own("wish").cards.map((c) => c.text), ["They will not like it"])
  await room.takeBack("wish", sent.id)
  assert.equal(server.requests[1].moves[0].secret, sent.secret)
  assert.deepEqual(room.own("wish").cards, [])
  assert.deepEqual(ofRoom(room), [])
})

test("what comes late of an earlier moment changes nothing", async () => {
  const room = await opened(), [stream] = streams
  stream.tell("room", told({ number: 8, now: "who", question: question("who") }))
  stream.tell("room", told({ number: 7 }))
  assert.equal(room.at.value, "who")
})

test("what was being written is offered when the room moves on, and where nobody writes any more", async () => {
  const room = await opened(), [stream] = streams
  room.write("wish", "We bake for")
  assert.deepEqual(room.left.value, [])
  stream.tell("room", told({ number: 6, question: question("wish", "voting") }))
  assert.deepEqual(room.left.value, [["wish", "We bake for"]])
  stream.tell("room", told({ number: 7, now: "who", question: question("who") }))
  assert.deepEqual(room.left.value, [["wish", "We bake for"]])
  room.write("wish", "")
  assert.deepEqual(room.left.value, [])
})

test("whoever looks elsewhere stays there while the room goes on, until all are called", async () => {
  const room = await opened(), [stream] = streams
  room.look("who")
  await until(() => room.question.value)
  assert.deepEqual([room.at.value, room.question.value.key, room.targets.value], ["who", "who", [{ id: "who" }]])
  stream.tell("room", told({ number: 6 }))
  assert.equal(room.at.value, "who")
  stream.tell("room", told({ number: 7, called: 1 }))
  assert.equal(room.at.value, "wish")
  assert.equal(room.question.value.key, "wish")
})

test("time is counted by the clock of the server, however wrong that of the device is", async () => {
  const room = await opened(), [stream] = streams, hour = 3_600_000
  stream.tell("room", told({ number: 6, clock: { now: Date.now() + hour, total: 180, ends: Date.now() + hour + 60_000, left: null } }))
  assert.ok(Math.abs(timed(room).left - 60) <= 1)
  assert.equal(timed(room).look, "")
  stream.tell("room", told({ number: 7, clock: { now: Date.now() + hour, total: 180, ends: Date.now() + hour + 40_000, left: null } }))
  assert.equal(timed(room).look, "low")
  stream.tell("room", told({ number: 8, clock: { now: Date.now() + hour, total: 180, ends: Date.now() + hour - 5000, left: null } }))
  assert.equal(timed(room).look, "over")
  stream.tell("room", told({ number: 9, clock: { now: Date.now() + hour, total: 180, ends: null, left: 95 } }))
  assert.deepEqual([timed(room).left, timed(room).isPaused, minutes(95), minutes(-4)], [95, true, "1:35", "0:00"])
})
