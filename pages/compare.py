"""Compare, as it was addressed before: it is a view of the projects."""

from pages.parts.portfolio import look, page

page.moved(look.View.RANKING)
