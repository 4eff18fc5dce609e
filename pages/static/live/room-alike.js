// Cards that sound alike: suggested to whoever groups, never grouped by itself. Works on parts of words, so in any language.
const PART = 3, ALIKE = 0.3

const partsOf = (text) => {
  const parts = new Set()
  for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) {
    const ends = `^${word}`
    for (let at = 0; at + PART <= ends.length; at++) parts.add(ends.slice(at, at + PART))
  }
  return parts
}

// Pairs of cards that do not stand together yet, the most alike first: [[card, card, likeness]].
export function alike(cards) {
  const parts = cards.map((card) => partsOf(card.text)), often = new Map(), found = []
  for (const own of parts) for (const part of own) often.set(part, (often.get(part) ?? 0) + 1)
  // What stands in many cards says little.
  const weight = (part) => Math.log(1 + cards.length / often.get(part)), sum = (all) => all.reduce((total, part) => total + weight(part), 0)
  const sizes = parts.map((own) => sum([...own]))
  for (let i = 0; i < cards.length; i++) {
    for (let j = i + 1; j < cards.length; j++) {
      if (cards[i].group === cards[j].group || !sizes[i] || !sizes[j]) continue
      const likeness = sum([...parts[i]].filter((part) => parts[j].has(part))) / Math.min(sizes[i], sizes[j])
      if (likeness >= ALIKE) found.push([cards[i], cards[j], likeness])
    }
  }
  return found.sort(([, , a], [, , b]) => b - a)
}
