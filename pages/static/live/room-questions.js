// Which view shows a question, by its kind and by where the room stands with it: a component of { room, question, doc }.
import { Hidden, Revealed } from "./room-estimate.js"
import { Grouping, Writing } from "./room-gather.js"
import { Shown as Voted, Voting } from "./room-vote.js"

const OF_KIND = {
  gather: { writing: Writing, grouping: Grouping, voting: Voting, shown: Voted },
  estimate: { writing: Hidden, shown: Revealed },
}

export const viewOf = ({ kind, phase }) => OF_KIND[kind]?.[phase]
