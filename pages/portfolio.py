"""Projects: the portfolio, samples to learn from, and where a new project starts."""

from pages.parts.portfolio import projects

if projects.is_first_run():
    projects.welcome()
else:
    projects.portfolio()
