"""Settings: what is yours, what new projects begin with, how projects are ranked, which questions are asked, what words mean."""

import streamlit as st

from pages.parts import live
from pages.parts.settings import criteria, new_projects, packs, words, yours

st.title("Settings", anchor=False)
match live.tabs(
    "settings", {"yours": "Yours", "new": "New projects", "ranking": "Ranking", "packs": "Questions", "words": "Words"}
):
    case "yours":
        yours.show()
    case "new":
        new_projects.show()
    case "ranking":
        criteria.show()
    case "packs":
        packs.show()
    case "words":
        words.show()
