"""The frame around every page: look, navigation with the state of each step, who is here. Run through app.py."""

import streamlit as st

from pages.parts import frame, workshop
from scoping.charter import SECTIONS

SIDEBAR = 260
"""Width in pixels; on a phone it stays hidden until asked for."""

st.set_page_config(
    page_title="ML scoping workbench", page_icon="pages/static/icon.png", layout="wide", initial_sidebar_state=SIDEBAR
)
frame.dress()
project = workshop.opened()
portfolio = st.Page("portfolio.py", title="Projects", icon=":material/grid_view:", help="All projects and samples.", default=True)
compare = st.Page("compare.py", title="Compare", icon=":material/leaderboard:", help="Which project first?", url_path="compare")
overview = st.Page(
    "overview.py", title="Overview", icon=":material/dashboard:", help="The open project at a glance.", url_path="overview"
)
steps = [st.Page(f"{s.slug}.py", title=s.title, icon=f":material/{s.icon}:", help=s.why, url_path=s.slug) for s in SECTIONS]
charter = st.Page(
    "charter.py", title="Charter", icon=":material/contract:", help="Read, check and download the charter.", url_path="charter"
)
history = st.Page(
    "history.py", title="History", icon=":material/history:", help="Who changed what, and how to undo it.", url_path="history"
)
page = st.navigation([portfolio, compare, overview, *steps, charter, history], position="hidden")
frame.sidebar(project, portfolio, compare, overview, steps, charter, history)
page.run()
