"""Bring changes back: a file that was taken away, changed and chosen here shows every change before any is taken over."""

from pages.parts import editors, live
from pages.parts.charter import exports
from scoping.sections.project import SECTION

step = editors.opened(SECTION, "Bring changes back", title="Bring changes back", whole=True)
live.view("broughtback", step.key("broughtback"), step.project.project_id, exports=exports.MENU)
