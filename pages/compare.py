"""Compare: which project first, how sure that order is, and which set fits the budget."""

from pages.parts.portfolio import compare

compare.page()
