"""History: who changed what and when, and how to take it back."""

from pages.parts import changes

changes.page()
