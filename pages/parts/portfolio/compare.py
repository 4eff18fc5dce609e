"""Ratings of a project for the portfolio: the criteria of the rubric, to be added unanswered."""

from __future__ import annotations

import streamlit as st

from pages.parts import here, notices
from scoping.merge import added
from scoping.portfolio.rubrics import SETTING, kept_own, standard_ratings
from scoping.sections.project import Rating


def offer_ratings(step: here.Step) -> None:
    """For a project that is not rated by every criterion yet: add those that it lacks, unanswered."""
    there = {row.id for row in step.rows("ratings")}
    own = (Rating(id=one.criterion.id, criterion=one.criterion.name) for one in kept_own(here.store().portfolio.setting(SETTING)))
    lacking = tuple(rating for rating in (*standard_ratings(), *own) if rating.id not in there)
    if lacking:
        project = step.project.project_id
        st.button("Add the criteria of the rubric", icon=":material/leaderboard:", on_click=_add_ratings, args=(project, lacking))


def _add_ratings(project: str, ratings: tuple[Rating, ...]) -> None:
    with notices.refusals():
        here.save(project, "project", [added("ratings", rating) for rating in ratings])
