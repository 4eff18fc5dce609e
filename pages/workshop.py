"""Workshop: a room over the whole page, in which people answer the questions of a project together."""

import streamlit as st

from pages.parts import frame, here, live, markup
from pages.parts.steps import ROOM_PARAM, VIEW_PARAM

project = here.shown()
room = st.query_params.get(ROOM_PARAM, "")
if project is None or not room:
    st.title("This workshop is not here", anchor=False)
    markup.show(markup.text("Its project was removed, or the address is not whole. "))
    frame.to_projects()
else:
    is_big = st.query_params.get(VIEW_PARAM) == "big"
    live.view("room", f"room.{room}", project.project_id, room=room, big=is_big, me=here.me())
