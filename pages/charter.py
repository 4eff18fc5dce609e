"""Charter: the document a sponsor signs, what keeps it a draft, and its downloads."""

from pages.parts.charter import paper

paper.page()
