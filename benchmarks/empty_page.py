"""The least that Streamlit can redraw after a filter: the yardstick of every other page."""

import streamlit as st

st.selectbox("Filter", ["a", "b", "c"], key="filter")
