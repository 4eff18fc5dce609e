"""Workshops: what came of each, to read and to take away."""

from pages.parts.charter import workshops

workshops.page()
