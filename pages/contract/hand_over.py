"""Hand over: what goes from the charter to the tools that do the work."""

from pages.parts.charter import hand_over

hand_over.page()
