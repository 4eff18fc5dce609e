"""The page that everything is compared with: one line of text."""

import streamlit as st

st.text("Empty")
