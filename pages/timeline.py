"""Timeline: the milestones of all projects, which of them are late or at risk, and who is booked for how much."""

from pages.parts.portfolio import timeline

timeline.page()
