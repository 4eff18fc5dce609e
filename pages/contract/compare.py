"""Compare: what differs between two moments of a charter, and who made it so."""

from pages.parts.charter import compare

compare.page()
