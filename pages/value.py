"""Value: a ladder that both sides accept, what it brings and costs, and what mistakes cost."""

from pages.parts import editors, live
from pages.parts.value import errors, ladder, money
from scoping.sections.value import SECTION

with editors.step(SECTION) as step:
    match editors.tabs(step):
        case "metrics":
            editors.records(step, "rungs", shape="ladder")
            live.follow(step, "metrics", ladder.show, money.READS)
            editors.sheet(step, topic="ladder", folded="The smallest gain, what must not get worse, how it is shown")
        case "money":
            live.follow(step, "money", money.show, money.READS)
            editors.records(step, "benefits")
            editors.records(step, "costs")
            editors.sheet(step, topic="basis", folded="What this rests on")
            live.follow(step, "basis", money.basis, money.READS)
            live.follow(step, "rates", money.rates, money.READS)
        case "errors":
            live.follow(step, "errors", errors.show, ("value", "milestones"))
            editors.records(step, "stakes")
            editors.records(step, "operating_points")
            editors.questions(step, "mistakes")
