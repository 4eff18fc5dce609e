// Find: what is found by which words, and where it leads.
import assert from "node:assert/strict"
import { after, test } from "node:test"
import { opened } from "./world.js"

const { matching, places } = await import("../../../pages/static/live/find.js")
const docs = []
const project = async () => { docs.push(await opened()); return docs.at(-1) }
after(() => docs.forEach((doc) => doc.shut()))
const first = async (typed) => matching(places(await project()), typed)[0]

test("a question, a record, a list, a page and a setting are found by words", async () => {
  const ask = async (typed) => new URL((await first(typed)).href)
  assert.equal((await ask("in scope")).searchParams.get("at"), "scope")
  assert.equal((await ask("second")).searchParams.get("open"), "problems/b")
  assert.match((await ask("charter")).pathname, /\/charter$/)
  assert.equal((await ask("glossary")).searchParams.get("tab"), "words")
  assert.match((await ask("currency new")).pathname, /\/settings$/)
})

test("every place keeps the project open, and without one pages and settings are left", async () => {
  const doc = await project()
  assert.ok(places(doc).every(({ href }) => new URL(href).searchParams.get("project") === doc.project))
  assert.deepEqual([...new Set(places(null).map(({ where }) => where))], ["", "Settings"])
})

test("all words have to fit, in any case and without marks", () => {
  const all = [{ title: "Kosten in Złoty", where: "Value", more: "", href: "" }]
  assert.equal(matching(all, "ZLOTY kost").length, 1)
  assert.equal(matching(all, "zloty scope").length, 0)
  assert.equal(matching(all, "  ").length, 0)
})

test("what begins with the words comes before what only mentions them", () => {
  const all = [{ title: "Share", where: "", more: "of the owner", href: "1" }, { title: "Owner", where: "", more: "", href: "2" }]
  assert.deepEqual(matching(all, "owner").map((one) => one.href), ["2", "1"])
})
