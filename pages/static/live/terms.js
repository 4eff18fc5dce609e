// Words that not everybody knows, where a sentence of ours holds them: a dotted line, and what they mean on hover, focus and tap.
import { html } from "./html.js"

// `terms`: what words of the sentence mean, by the word as it stands there.
export function Sentence({ text, terms = {} }) {
  const words = Object.keys(terms).filter((word) => text.includes(word))
  if (!words.length) return text
  const pieces = []
  let rest = text
  for (const word of words.sort((a, b) => text.indexOf(a) - text.indexOf(b))) {
    const at = rest.indexOf(word)
    if (at < 0) continue                                                    // inside one that was explained already
    pieces.push(rest.slice(0, at), html`<${Term} key=${word} word=${word} means=${terms[word]} />`)
    rest = rest.slice(at + word.length)
  }
  return [...pieces, rest]
}

// A tap on it is not meant for the field whose label it stands in.
const Term = ({ word, means }) => html`<span class="term" tabindex="0" aria-description=${means} onClick=${(e) => e.preventDefault()}>${word}<span
  class="tip" aria-hidden="true">${means}</span></span>`
