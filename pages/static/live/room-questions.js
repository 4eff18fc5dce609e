// Which view shows a question, by its kind and by where the room stands with it: a component of { room, question, doc }.
import { Together } from "./room-answer.js"
import { Choosing, Chosen } from "./room-decide.js"
import { Hidden, Revealed } from "./room-estimate.js"
import { Grouping, Writing } from "./room-gather.js"
import { Settled } from "./room-settled.js"
import { Standing, Stood } from "./room-stand.js"
import { Shown, Voting } from "./room-vote.js"

const OF_KIND = {
  gather: { writing: Writing, grouping: Grouping, voting: Voting, shown: Shown },
  estimate: { writing: Hidden, shown: Revealed },
  live_with: { writing: Standing, shown: Stood },
  decide: { voting: Choosing, shown: Chosen },
  answer: { writing: Together },
}

export const viewOf = ({ kind, phase }) => (phase === "settled" ? Settled : OF_KIND[kind]?.[phase])
