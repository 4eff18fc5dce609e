"""The frame around every page: navigation with the state of each step, who is here. Run through app.py."""

import streamlit as st

from pages.parts import frame, here

SIDEBAR = 260
"""Width in pixels; on a phone it stays hidden until asked for."""

page = st.navigation(frame.pages(), position="hidden")
project = here.look()
st.set_page_config(
    page_title=frame.tab_title(page.title, project),
    page_icon="pages/static/icon.png",
    layout="wide",
    initial_sidebar_state=SIDEBAR,
)
frame.sidebar(project)
page.run()
