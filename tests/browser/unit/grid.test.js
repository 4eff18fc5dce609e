// What is pasted into a grid and copied out of it, and what is taken back there.
import assert from "node:assert/strict"
import { readFileSync } from "node:fs"
import { test } from "node:test"
import { cells, copied, read } from "../../../pages/static/live/grid-paste.js"

const INPUTS = new URL("../../faults/inputs/", import.meta.url)
const input = (name) => readFileSync(new URL(name, INPUTS), "utf8")
const spec = (label) => ({ label, name: label.toLowerCase() })
const SOURCES = ["Source", "How we get it", "Amount", "Unit", "Cost", "Days to obtain"].map(spec)
const MILESTONES = ["Deliverable", "Owner", "Start", "Due"].map(spec)
const plain = (found) => found.rows.map((row) => Object.fromEntries([...row].map(([{ label }, text]) => [label, text])))

test("copied rows are cells, whatever ends the lines", () => {
  const rows = [["Crowd", "1,000"], ["Owned", "?"]]
  for (const end of ["\n", "\r\n", "\r"]) assert.deepEqual(cells(`Crowd\t1,000${end}Owned\t?${end}`), rows)
  assert.deepEqual(cells("one"), [["one"]])
  assert.deepEqual(cells(""), [[""]])
})

test("a blank cell in the middle of a column keeps its place", () => {
  assert.deepEqual(cells("a\n\nb\n"), [["a"], [""], ["b"]])
})

test("quotation marks are marks unless they enclose lines", () => {
  assert.deepEqual(cells(input("12_paste_open_quote.tsv")).map((row) => row.slice(0, 2)),
    [['"Smart" recogniser', "Ann"], ['"5 inch screen works', "Bob"], ["Third", "Cee"]])
  assert.deepEqual(cells('"one ""quoted""\nline"\tAnn\n"plain"\tBob\n'), [['one "quoted"\nline', "Ann"], ['"plain"', "Bob"]])
})

test("what is copied comes back as it was", () => {
  const rows = [["plain", '"quoted"', "two\nlines"], ["", 'a "word" in it', 'begins\n"here"']]
  assert.deepEqual(cells(copied(rows)), rows)
  assert.equal(copied([["a\tb"]]), "a b")
})

test("signs that nobody can see are left out, and letters are composed", () => {
  assert.deepEqual(cells("Cafe\u0301\u0000\u0007\tb"), [["Café", "b"]])
})

test("cells answer the questions of the columns, in their order", () => {
  const found = read("Crowd\tCrowdsourced\t1,000\n", SOURCES, SOURCES)
  assert.deepEqual(plain(found), [{ Source: "Crowd", "How we get it": "Crowdsourced", Amount: "1,000" }])
  assert.deepEqual([found.said, found.headed], [[], false])
})

test("headings say which column is which, and one that is not read is named", () => {
  const found = read("Cost\tSource\tColour\n500\tOwned\tred\n", SOURCES, SOURCES)
  assert.deepEqual(plain(found), [{ Cost: "500", Source: "Owned" }])
  assert.deepEqual(found.said, ["The column “Colour” was not read: no question here is called so."])
  assert.deepEqual(read(input("11_paste_unknown_heading.tsv"), MILESTONES, MILESTONES).said, ["The column “Responsible” was not read: no question here is called so."])
  assert.deepEqual(read("Deliverable\tDue\tDue\nA\t2027-02-15\t2027-03-01\n", MILESTONES, MILESTONES).said, ["A second column “Due” was not read."])
})

test("headings name questions whose columns are not shown", () => {
  assert.deepEqual(plain(read("Deliverable\tDue\nA\t1 May 2027", MILESTONES.slice(0, 1), MILESTONES)), [{ Deliverable: "A", Due: "1 May 2027" }])
})

test("a row whose first cell happens to be called like a column is no heading", () => {
  assert.equal(read("Owner\tAnn\t2027-01-04\t2027-02-15", MILESTONES, MILESTONES).headed, false)
})

test("cells beyond the columns are counted", () => {
  assert.deepEqual(read("a\tb\tc", SOURCES.slice(0, 2), SOURCES).said, ["Row 1 has 3 cells; only the first 2 were read."])
})

test("rows with other separators than tabs never become names", () => {
  for (const mark of [",", ";"]) {
    const found = read(input("12_paste_commas.txt").replaceAll(",", mark), MILESTONES, MILESTONES)
    assert.deepEqual(found.rows, [])
    assert.match(found.said[0], /hold no tabs/)
  }
  assert.deepEqual(plain(read("Collect, clean and label\nTrain, then test\n", MILESTONES, MILESTONES)).map((row) => row.Deliverable),
    ["Collect, clean and label", "Train, then test"])
})
