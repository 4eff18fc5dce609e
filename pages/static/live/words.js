// What a record is called and what is known of it, in few words.
import { UNKNOWN } from "./doc.js"

const SPACE = "\u00a0"                                                      // a figure never parts from its unit
const SIGNS = new Map()
// What a chosen answer says about how far it can be trusted; every other one looks plain.
const LOOKS = { measured: "yes", chosen: "yes", guess: "guess", opinion: "guess", objects: "hot", mitigated: "yes", accepted: "yes", overruled: "hot", rejected: "no", not_feasible: "no",
  ours: "yes", contract: "yes", licence: "yes", consent: "yes", not_allowed: "no" }
const CHIPS_AT_MOST = 3
const BLANKS_AT_MOST = 2
const RANGE = ["low", "likely", "high"]
// What is compared down a list stands in columns, and what must be known of each is a chip even while it is blank.
const COLUMNS = { "data_sources/sources": [["amount", "cost", "days"], ["may_use", "privacy"]] }

export const isText = (spec) => spec.kind === "text" || spec.kind === "long"
export const capital = (said) => said[0].toUpperCase() + said.slice(1)
export const withArticle = (noun) => (/^[aeiou]/i.test(noun) ? "an " : "a ") + noun
const raw = (doc, part, list, id, name) => doc.field(`${part}/${list}/${id}/${name}`).raw

export function sign(currency) {
  if (!SIGNS.has(currency)) {
    try {
      const parts = new Intl.NumberFormat("en", { style: "currency", currency, currencyDisplay: "narrowSymbol" }).formatToParts(0)
      SIGNS.set(currency, parts.find((p) => p.type === "currency").value)
    } catch { SIGNS.set(currency, currency) }                              // a currency that this browser does not know
  }
  return SIGNS.get(currency)
}

function linked(doc, spec, id) {
  const [part, list] = spec.refers.split(".")
  return doc.list(part, list).value.includes(id) ? named(doc, part, list, id) : ""
}

// An answer as people read it, with its unit; "" while it is blank, UNKNOWN when it is known to be unknown.
export function words(doc, part, list, id, spec) {
  const typed = raw(doc, part, list, id, spec.name)
  if (typed === "" || typed === UNKNOWN) return typed
  if (spec.kind === "choice") return spec.choices.find(([value]) => value === typed)?.[1] ?? typed
  if (spec.kind === "link") return linked(doc, spec, typed)
  if (spec.kind === "links") return typed.split("|").map((one) => linked(doc, spec, one)).filter(Boolean).join(", ")
  if (spec.kind === "money") {
    const mark = sign(raw(doc, part, list, id, "currency") || "USD")
    return /^\w/.test(mark) ? typed + SPACE + mark : mark + typed
  }
  const own = typed === "1" ? spec.unit?.replace(/s$/, "") : spec.unit     // "1 day"
  const unit = own || unitOf(doc, part, list, id, spec)
  return unit ? typed + SPACE + unit : typed
}

// Where a record says its own unit, it holds for its numbers that have none.
const isUnit = (spec) => spec.kind === "text" && spec.name === "unit"
function unitOf(doc, part, list, id, spec) {
  if (spec.kind !== "number" || !doc.specs(part, list).some(isUnit)) return ""
  const unit = raw(doc, part, list, id, "unit")
  return unit === UNKNOWN ? "" : unit
}

// Which answer names a record: its first text, or what its first question says where no text is asked at once.
function naming(doc, part, list, id) {
  // Nothing else is asked: a link leads to another record, and that one may lead back.
  const isKnown = (spec) => ![UNKNOWN, ""].includes(words(doc, part, list, id, spec).trim())
  const specs = doc.specs(part, list), texts = specs.filter((spec) => isText(spec) && !isUnit(spec) && isKnown(spec))
  if (isText(specs[0])) return texts[0]
  return texts.find((spec) => spec.core) ?? (isKnown(specs[0]) ? specs[0] : texts[0])
}
export function named(doc, part, list, id) {
  const spec = naming(doc, part, list, id)
  if (!spec) return "Not named yet"
  const said = words(doc, part, list, id, spec)
  return isText(spec) || spec.kind === "link" || spec.kind === "date" ? said : `${spec.label} ${said}`
}

// An amount as one range, with how often it comes; null while an end is missing.
function ranged(specs, say) {
  const ends = RANGE.map((name) => specs.find((spec) => spec.name === name && spec.kind === "money")), period = specs.find((spec) => spec.name === "period")
  if (!ends.every(Boolean) || !period) return null
  const [low, , high] = ends.map(say), often = say(period)
  if ([low, high, often].some((said) => said === "" || said === UNKNOWN)) return null
  return { covers: [...ends, period], chip: { name: "low", look: "", text: `${low === high ? low : `${low} to ${high}`} ${often}`, hint: "At least, at most", tells: "" } }
}

// The heads of the columns in which a list has figures.
export const heads = (doc, part, list) => (COLUMNS[`${part}/${list}`]?.[0] ?? []).map((name) => doc.spec(part, list, name)?.label ?? "")

// What a row tells below its name: the long text, and three properties at most; what is open looks open.
export function told(doc, part, list, id) {
  const chosen = doc.schema[part].lists[list].tells ?? []
  if (chosen.length) return toldOf(doc, part, list, id, chosen)
  const specs = doc.specs(part, list), name = naming(doc, part, list, id) ?? specs[0]
  const say = (spec) => words(doc, part, list, id, spec), range = ranged(specs, say), covered = range?.covers ?? []
  const asked = specs.filter((spec) => (spec.core || spec.tabled) && spec !== name && !covered.includes(spec))
  const long = asked.find((spec) => spec.kind === "long" && ![UNKNOWN, ""].includes(say(spec)))
  const made = (spec) => chip(spec, say(spec), raw(doc, part, list, id, spec.name))
  if (COLUMNS[`${part}/${list}`]) {
    const [columns, chips] = COLUMNS[`${part}/${list}`].map((names) => names.map((one) => specs.find((spec) => spec.name === one)).filter(Boolean))
    return { long: long ? say(long) : "", chips: chips.map(made), figures: columns.map((spec) => ({ name: spec.name, label: spec.label, text: say(spec) })) }
  }
  const short = asked.filter((spec) => spec.kind !== "long" && spec.kind !== "links" && !isUnit(spec)).sort(byWeight), most = CHIPS_AT_MOST - (range ? 1 : 0)
  const shown = short.filter(say).slice(0, most)
  const trust = specs.find((spec) => spec.kind === "choice" && spec.choices.some(([value]) => value === "measured"))
  if (trust && say(trust) && !shown.includes(trust)) shown.splice(most - 1, 1, trust)
  const blank = short.filter((spec) => !say(spec)).slice(0, Math.min(BLANKS_AT_MOST, most - shown.length))
  return { long: long ? say(long) : "", chips: [...(range ? [range.chip] : []), ...[...shown, ...blank].map(made)], figures: [] }
}

// What a list says tells most of its records: long answers with their questions in a line, the others as chips.
function toldOf(doc, part, list, id, chosen) {
  const specs = chosen.map((name) => doc.spec(part, list, name)), say = (spec) => words(doc, part, list, id, spec)
  const isLine = (spec) => spec.kind === "long", isSaid = (spec) => ![UNKNOWN, ""].includes(say(spec))
  const long = specs.filter((spec) => isLine(spec) && isSaid(spec)).map((spec) => `${spec.label}: ${say(spec)}`).join("\n")
  const short = specs.filter((spec) => !isLine(spec))
  const chips = short.map((spec) => SPECIAL[`${list}.${spec.name}`]?.(doc, id) ?? chip(spec, say(spec), raw(doc, part, list, id, spec.name)))
  return { long, chips: chips.filter(Boolean), figures: [] }
}

// Of a problem the number of today beside the one that a goal wants, and whether somebody measured it.
const SPECIAL = {
  "problems.baseline_value": (doc, id) => {
    const of = (name) => raw(doc, "problems", "problems", id, name), now = of("baseline_value")
    const unit = /, in ([^,]{1,12})$/.exec(of("baseline_metric"))?.[1] ?? "", figure = (n) => (unit ? n + SPACE + unit : n)
    const goal = doc.list("problems", "goals").value.find((one) => raw(doc, "problems", "goals", one, "problem") === id && ![UNKNOWN, ""].includes(raw(doc, "problems", "goals", one, "wanted")))
    if (now === "" || now === UNKNOWN) return { name: "baseline_value", look: "open", text: "no number yet", tells: "Today it stands at: not answered" }
    const wanted = goal ? `, ${figure(raw(doc, "problems", "goals", goal, "wanted"))} wanted` : ""
    return { name: "baseline_value", look: "", label: "", text: `${figure(now)} now${wanted}`, hint: of("baseline_metric") || "Today it stands at", tells: "" }
  },
  "problems.measured_how": (doc, id) => {
    const of = (name) => raw(doc, "problems", "problems", id, name)
    if (["", UNKNOWN].includes(of("baseline_value"))) return false
    return [UNKNOWN, ""].includes(of("measured_how")) ? { name: "measured_how", look: "guess", label: "", text: "a guess", hint: "Nobody noted how it was measured", tells: "" }
      : { name: "measured_how", look: "yes", label: "", text: "measured", hint: of("measured_how"), tells: "" }
  },
  // Those who sit at the table speak for themselves.
  "stakeholders.spoken_for_by": (doc, id) => {
    const of = (name) => raw(doc, "problems", "stakeholders", id, name), by = of("spoken_for_by")
    if (by === "" && of("side") !== "affected") return false
    return by === "" ? undefined : { name: "spoken_for_by", look: "", label: "heard through", text: by === UNKNOWN ? "not known yet" : by, hint: "Who speaks for them", tells: "" }
  },
}

// Persons, figures and days tell more of a record than its kind.
const byWeight = (a, b) => (a.kind === "choice") - (b.kind === "choice")

// "no owner yet"; where the label asks, the label.
const ASKS = /^(most|wanted|answers|by|at|on|in|for|from|to|with|only|not|how|what|when|where|which|who|whom|whose|why|is|are|does|do|has|have|can|may|will)\b|\?$/i
export const lowered = (label) => (/^\p{Lu}\p{Ll}/u.test(label) ? label[0].toLowerCase() + label.slice(1) : label)
const notYet = (label) => (ASKS.test(label) ? `${label}?`.replace("??", "?") : `no ${lowered(label)} yet`)

function chip(spec, text, typed) {
  if (!text) return { name: spec.name, look: "open", text: notYet(spec.label), tells: `${spec.label}: not answered` }
  if (text === UNKNOWN) return { name: spec.name, look: "open", text: `${spec.label.replace(/\?$/, "")}: not known yet`, tells: "" }
  // "Yes" says nothing without its question.
  const bare = spec.kind === "text" || spec.kind === "link" || (spec.kind === "choice" && text.length > 3)
  const look = (spec.kind === "choice" && LOOKS[typed]) || ""
  return { name: spec.name, look, label: bare ? "" : spec.label, text, hint: spec.label, tells: "" }
}

// No longer than that; what was left off is seen.
// Cut between words, as `scoping.words.short` does it.
export function cut(text, most) {
  if (text.length <= most) return text
  const kept = text.slice(0, most - 1), words = /\s/.test(text[most - 1]) ? kept : kept.slice(0, Math.max(0, kept.search(/\s\S*$/)))
  return `${(words.length >= most / 2 ? words : kept).replace(/[\s,;:.]+$/, "")}…`
}

// What is to be done, of a message that goes on to explain; titles and lists tell it whole.
export const firstSentence = (text) => text.split(/(?<=[.!?][”"]?) (?=[\p{Lu}“])/u)[0]
