// What spreadsheets put on the clipboard, and take from it: rows of cells, with or without headings.
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufffe\uffff]/g
// A cell that a spreadsheet put into quotation marks, because it holds line ends; marks inside are doubled.
const QUOTED = /"((?:[^"\t]|"")*)"(?=[\t\n]|$)/y
const HOW_TO_PASTE = "Nothing was pasted: the rows hold no tabs, so it is not clear where a cell ends. " +
  "Open the text in a spreadsheet, mark the cells there, copy them and paste them here."

const key = (text) => text.trim().toLowerCase()
function short(text) {
  const line = text.trim().replace(/\s+/g, " ")
  return line.length <= 60 ? line : line.slice(0, 59).trimEnd() + "…"
}
const cellsIn = (n) => n === 1 ? "1 cell" : `${n} cells`

// Copied rows as cells. A quotation mark that does not enclose a cell with line ends or doubled marks is a mark like any.
export function cells(copied) {
  const text = copied.replace(/\r\n?/g, "\n").replace(CONTROLS, "").normalize("NFC").replace(/\n$/, ""), rows = [[]]
  for (let at = 0; at <= text.length; at++) {
    const quoted = text[at] === '"' ? quotedAt(text, at) : null
    const end = quoted ? quoted.end : endOfCell(text, at)
    rows.at(-1).push(quoted ? quoted.cell : text.slice(at, end))
    if (text[end] === "\n") rows.push([])
    at = end
  }
  return rows
}
function quotedAt(text, at) {
  QUOTED.lastIndex = at
  const inside = QUOTED.exec(text)?.[1] ?? ""
  return /\n|""/.test(inside) ? { cell: inside.replaceAll('""', '"'), end: QUOTED.lastIndex } : null
}
function endOfCell(text, at) {
  while (at < text.length && text[at] !== "\t" && text[at] !== "\n") at++
  return at
}

// Rows of cells as text that spreadsheets, and `cells`, read as the same rows.
export function copied(rows) {
  const told = (cell) => {
    const plain = cell.replaceAll("\t", " ")
    return plain.includes("\n") || plain.startsWith('"') ? `"${plain.replaceAll('"', '""')}"` : plain
  }
  return rows.map((row) => row.map(told).join("\t")).join("\n")
}

// Whether a row names columns: most of its cells do, or the first one and it holds more.
function areHeadings(row, byLabel) {
  const known = row.map((cell) => byLabel.has(key(cell))), count = known.filter(Boolean).length
  return count > row.length / 2 || (count > 1 && known[0])
}
// Whether lines without tabs are rows of several cells all the same, with commas or semicolons between them.
function hasOtherSeparators(rows, byLabel) {
  if (rows.some((row) => row.length > 1)) return false
  const lines = rows.map(([cell]) => cell).filter((line) => line.trim())
  return [",", ";", "|"].some((mark) => {
    const widths = new Set(lines.map((line) => line.split(mark).length)), least = Math.min(...widths)
    return (least > 1 && areHeadings(lines[0].split(mark), byLabel)) || (lines.length > 1 && widths.size === 1 && least > 2)
  })
}
// The questions that columns answer, and a sentence for every column that is not read.
function named(headings, byLabel) {
  const specs = [], said = []
  for (const heading of headings) {
    const spec = byLabel.get(key(heading)) ?? null
    if (spec && specs.includes(spec)) said.push(`A second column “${short(heading)}” was not read.`)
    else if (!spec && heading.trim()) said.push(`The column “${short(heading)}” was not read: no question here is called so.`)
    specs.push(specs.includes(spec) ? null : spec)
  }
  return { specs, said }
}

// What was copied as answers: for every row a map from question to text, and sentences about what has no place.
// `columns` are the questions of the cells from the chosen one on, unless the first row names its columns by the labels of `all`.
export function read(text, columns, all) {
  const rows = cells(text), byLabel = new Map(all.map((spec) => [key(spec.label), spec]))
  if (hasOtherSeparators(rows, byLabel)) return { rows: [], said: [HOW_TO_PASTE], headed: false }
  const headed = rows.length > 0 && areHeadings(rows[0], byLabel)
  const { specs, said } = headed ? named(rows.shift(), byLabel) : { specs: columns, said: [] }
  const answers = rows.map((row, i) => {
    if (row.length > specs.length) said.push(`Row ${i + 1} has ${cellsIn(row.length)}; only the first ${specs.length} were read.`)
    return new Map(specs.slice(0, row.length).map((spec, j) => [spec, row[j].trim()]).filter(([spec]) => spec))
  })
  return { rows: answers, said, headed }
}
export const isBlank = (answers) => [...answers.values()].every((text) => !text)
