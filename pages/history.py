"""History: who changed what and when, and how to take it back."""

from pages.parts.charter import changes

changes.page()
