"""Home of the open project: the charter on one page, what to do next, and what the project says of itself."""

from pages.parts import home

home.page()
