// Small things that views rest on.
import assert from "node:assert/strict"
import { test } from "node:test"
import "./world.js"
import { placeHref } from "../../../pages/static/live/address.js"
import { standing, words } from "../../../pages/static/live/health.js"
import { applied } from "../../../pages/static/live/outbox.js"
import { inOrder } from "../../../pages/static/live/next.js"
import { coloured, initials, says } from "../../../pages/static/live/people.js"
import { replace } from "../../../pages/static/live/text.js"
import { ago, dayWords, isoOf, today } from "../../../pages/static/live/times.js"

test("a day in words and back", () => {
  assert.equal(dayWords("2027-03-05"), "5 Mar 2027")
  assert.equal(isoOf("5 Mar 2027"), "2027-03-05")
  assert.equal(isoOf("03/05/2027"), "")
  assert.equal(today(new Date(2027, 0, 9)), "2027-01-09")
})

test("how long ago, on a device whose clock is an hour off", () => {
  const hour = 3_600_000
  assert.equal(ago(Date.now() - hour + 4 * 60_000, -hour), "just now")
  assert.equal(ago(Date.now() + hour - 4 * 60_000, hour), "4 min ago")
  assert.equal(ago(Date.now() - 50 * hour), "2 days ago")
})

test("ids after items", () => {
  const ids = ["a", "b", "c"]
  assert.deepEqual(applied(ids, [{ record: "n", new: true }]), ["a", "b", "c", "n"])
  assert.deepEqual(applied(ids, [{ record: "n", new: true, after: "" }, { record: "m", new: true, after: "n" }]), ["n", "m", "a", "b", "c"])
  assert.deepEqual(applied(ids, [{ record: "a", after: "c" }]), ["b", "c", "a"])
  assert.deepEqual(applied(ids, [{ record: "a", after: "gone" }]), ids)
  assert.deepEqual(applied(ids, [{ record: "gone", after: "a" }, { record: "gone", cells: {} }]), ids)
  assert.deepEqual(applied(ids, [{ record: "b", remove: true }, { record: "b", restore: true, after: "a" }]), ids)
  assert.deepEqual(applied(ids, [{ record: "a", new: true }]), ids)
})

test("everybody sees the same colours, and eight people have eight", () => {
  const people = ["Ann", "Ben", "Cid", "Dee", "Eli", "Fay", "Gus", "Hal"].map((name, i) => ({ tab: `t${i}`, name, at: "" }))
  const here = coloured(people), there = coloured(people.toReversed()).toReversed()
  assert.deepEqual(here, there)
  assert.equal(new Set(here.map((p) => p.colour)).size, 8)
  assert.deepEqual(coloured([people[0], { ...people[0], tab: "second" }]).map((p) => p.colour).length, 2)
  assert.equal(new Set(coloured([people[0], { ...people[0], tab: "second" }]).map((p) => p.colour)).size, 1)
})

test("people in words", () => {
  assert.equal(initials("Marta Elena Vogel"), "MV")
  assert.equal(initials("سارا احمدی"), "سا")
  assert.equal(initials(""), "")
  assert.equal(says([{ name: "Ben", typing: true }]), "Ben is typing")
  assert.equal(says([{ name: "" }, { name: "Ben" }]), "Somebody, Ben are here")
})

test("the health of today is picked by this device's day", () => {
  const spans = [["", "draft", "Draft", "", ""], ["2027-01-01", "late", "Late", "why", "2026-12-31"]]
  assert.equal(standing(spans, "2026-12-31")[1], "draft")
  assert.equal(words(standing(spans, "2027-01-03"), "2027-01-03"), "Late 3 days")
  assert.equal(words(standing(spans, "2027-01-01"), "2027-01-01"), "Late 1 day")
})

test("the address of a place", () => {
  const doc = { project: "p", spec: () => ({ topic: "launch" }), schema: { rollout: { page: "rollout", tabs: [["rollout", "live", ["launch"]], ["run", "after", ["readings"]]] } } }
  const root = "http://workbench.test/base/"
  assert.equal(placeHref(root, doc, "rollout", ".."), "http://workbench.test/base/rollout?project=p")
  assert.equal(placeHref(root, doc, "rollout", "..day"), "http://workbench.test/base/rollout?project=p&tab=live&at=day")
  assert.equal(placeHref(root, doc, "rollout", "readings.r1.value"), "http://workbench.test/base/run?project=p&tab=after&open=readings/r1&at=value")
  assert.equal(placeHref(root, doc, "rollout", "readings.."), "http://workbench.test/base/run?project=p&tab=after&at=readings")
})

function box(value, at, to = at) {
  const made = { value, selectionStart: at, selectionEnd: to, setSelectionRange(a, b) { this.selectionStart = a; this.selectionEnd = b } }
  made.getRootNode = () => ({ activeElement: made })
  return made
}

test("the caret stays in the words around it when somebody else changes the text", () => {
  const cases = [["hello world", 5, "oh hello world", 8], ["hello world", 11, "hello big world", 15], ["hello world", 2, "hello big world", 2], ["abc", 3, "", 0], ["", 0, "new", 0]]
  for (const [old, at, text, then] of cases) {
    const area = box(old, at)
    replace(area, text)
    assert.equal(area.selectionStart, then, `${old} → ${text}`)
    assert.equal(area.value, text)
  }
})

test("what waits is listed in the order of the page, whatever was noticed first", () => {
  const field = (list, record, name) => ({ part: "ethics", list, record, name })
  const doc = {
    schema: { ethics: { tabs: [["ethics", "one", [""]], ["ethics", "risks", ["risks"]]], lists: { risks: {} } } },
    specs: (part, list) => (list ? ["what", "cost"] : ["use"]).map((name) => ({ name })),
    list: () => ({ value: ["a", "b"] }),
  }
  const right = [field("", "", "use"), field("risks", "a", "what"), field("risks", "a", "cost"), field("risks", "b", "what")]
  assert.deepEqual(inOrder(doc, right.toReversed()), right)
  assert.deepEqual(inOrder(doc, [right[2], right[0], right[3], right[1]]), right)
})
