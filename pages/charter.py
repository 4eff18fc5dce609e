"""Charter: the document a sponsor signs, what keeps it a draft, and its downloads."""

from pages.parts import paper

paper.page()
