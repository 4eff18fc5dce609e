// Figures as people type and read them: with currency or unit, in any usual way of writing.
import { sign } from "./words.js"

const SPACE = "\u00a0"
const LARGE = { k: 1e3, tsd: 1e3, thousand: 1e3, m: 1e6, mn: 1e6, mio: 1e6, million: 1e6, millions: 1e6, bn: 1e9, billion: 1e9 }
const ZEROES = [0x30, 0x660, 0x6f0]                                         // the nought of the digits that are read

const latin = (text) => text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, (d) => d.codePointAt(0) - ZEROES.findLast((zero) => zero <= d.codePointAt(0)))
  .replace(/\u066b/g, ".").replace(/\u066c/g, ",")

// What somebody typed as a number; null for nothing, NaN where it is none, or where it may be two: 50.000 is 50,000 to many, and 50 to others.
export function readFigure(text) {
  const [, minus, digits, word] = /^[^\d.,\-−–]*([-−–]?)[^\d.,]*([\d.,\s'’]*\d)\s*([\p{L}%]*)\W*$/u.exec(latin(text.trim())) ?? []
  if (!text.trim()) return null
  if (digits === undefined) return NaN
  const bare = digits.replace(/[\s'’]/g, ""), points = bare.split(".").length - 1, commas = bare.split(",").length - 1
  const isGrouped = (mark) => new RegExp(`^\\d{1,3}(\\${mark}\\d{3})+$`).test(bare)
  const size = LARGE[word.toLowerCase()] ?? 1
  if (size === 1 && !commas && /^[1-9]\d{0,2}\.\d{3}$/.test(bare)) return NaN
  let plain
  if (points && commas) plain = bare.lastIndexOf(".") > bare.lastIndexOf(",") ? bare.replaceAll(",", "") : bare.replaceAll(".", "").replace(",", ".")
  else if (commas) plain = isGrouped(",") ? bare.replaceAll(",", "") : bare.replace(",", ".")
  else plain = points > 1 && isGrouped(".") ? bare.replaceAll(".", "") : bare
  return (minus ? -1 : 1) * Number(plain) * size
}

// A unit as a place of the charter has it: what stands with each number, the name of what is counted, and what follows once.
// "Unsold goods, in %" is % of unsold goods, "EUR per year" an amount every year, "shop days" too long to stand in a field.
export function unitOf(unit = "") {
  const [, name, within] = /^(.+), in ([^,]{1,12})$/.exec(unit) ?? []
  if (within) return { own: within, name, after: "" }
  const [, currency, after = ""] = /^([A-Z]{3})(?:\s+(.+))?$/.exec(unit) ?? []
  if (currency) return { own: currency, name: "", after }
  return unit.length < 5 ? { own: unit, name: "", after: "" } : { own: "", name: "", after: unit }
}

const isCurrency = (unit) => /^[A-Z]{3}$/.test(unit)
const grouped = (n) => Number(n.toPrecision(12)).toLocaleString("en", { maximumFractionDigits: 6 })

// What stands beside a number of this unit, and on which side: ["€", "before"], ["%", "after"]; ["", ""] for none.
export function affix(unit = "") {
  const mark = isCurrency(unit) ? sign(unit) : unit
  return mark ? [mark, mark.length < 3 && /^[^\w%°]+$/.test(mark) ? "before" : "after"] : ["", ""]
}

// In full, as it stands in a field: "€250,000", "16 %", "1.5 days".
export function figure(n, unit = "") {
  if (n === null || n === undefined) return ""
  const said = grouped(Math.abs(n)), minus = n < 0 ? "−" : ""
  if (!unit) return minus + said
  const [mark, side] = affix(unit)
  if (side === "before") return minus + mark + said
  return `${minus}${said}${SPACE}${n === 1 && unit.endsWith("s") ? unit.slice(0, -1) : mark}`
}

// In a sentence or at an axis: from a million on rounded, "€1.2 million".
export function roughly(n, unit = "") {
  if (Math.abs(n) < 1e6) return figure(n, unit)
  const [size, word] = Math.abs(n) >= 1e9 ? [1e9, "billion"] : [1e6, "million"], said = figure(Number((n / size).toPrecision(3)), isCurrency(unit) || unit.length < 3 ? unit : "")
  return `${said}${SPACE}${word}${isCurrency(unit) || unit.length < 3 ? "" : SPACE + unit}`
}

// Round places on a scale that holds all of these, five or so; [first, …, last].
export function places(values) {
  let low = Math.min(...values), high = Math.max(...values)
  if (low > 0 && low < 0.6 * high) low = 0
  if (low === high) { const by = Math.abs(low) || 1; low -= low ? by / 2 : 0; high += by / 2 }
  const raw = (high - low) / 5, power = 10 ** Math.floor(Math.log10(raw)), step = [1, 2, 2.5, 5, 10].find((n) => n * power >= raw * 0.999) * power
  const first = Math.floor(low / step + 1e-9), last = Math.ceil(high / step - 1e-9)
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step)
}
