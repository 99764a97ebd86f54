"""Pages as one writes them from the tutorial, to compare with: six charts over 100,000 rows, and an empty one."""

import streamlit as st

st.set_page_config(page_title="Naive", layout="wide")
st.navigation([st.Page("naive.py", default=True), st.Page(lambda: None, title="Empty", url_path="empty")]).run()
