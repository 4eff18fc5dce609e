// Which view shows a question, by its kind and by where the room stands with it: a component of { room, question, doc }.
const OF_KIND = {}
const OF_PHASE = {}                                                         // these are the same for every kind, or come before it

export const viewOf = ({ kind, phase }) => OF_PHASE[phase] ?? OF_KIND[kind]
