"""Projects: all of them as cards, on a map, along time and compared; and where a new one starts."""

from pages.parts.portfolio import page

page.page()
