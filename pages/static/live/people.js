// Who is here, in a colour of their own: everybody sees the same colours, because all work them out from the same list.
const COLOURS = 8

function hash(text) {
  let sum = 7
  for (const letter of text) sum = (sum * 31 + letter.codePointAt(0)) >>> 0
  return sum
}

export const called = (person) => person.name || "Somebody"
export const initials = (name) => name.replace(/\s\(.*\)/, "").trim().split(/\s+/).map((word) => [...word][0] ?? "").filter((_, i, all) => !i || i === all.length - 1).join("").toUpperCase()

// Everybody with a colour from 1 to 8: a person with two tabs has one, and two people share one only when there are more than eight.
export function coloured(everybody) {
  const taken = new Map()
  const owners = [...new Set(everybody.map((p) => p.name || p.tab))].sort()
  for (const owner of owners) {
    let colour = hash(owner) % COLOURS
    if (owners.length <= COLOURS) while ([...taken.values()].includes(colour)) colour = (colour + 1) % COLOURS
    taken.set(owner, colour)
  }
  return everybody.map((p) => ({ ...p, colour: taken.get(p.name || p.tab) + 1 }))
}

export const isIn = (person, place) => person.at === place || person.at.startsWith(place + "/")
export const says = (who) => `${who.map(called).join(", ")} ${who.some((p) => p.typing) ? (who.length > 1 ? "are typing" : "is typing") : who.length > 1 ? "are here" : "is here"}`
