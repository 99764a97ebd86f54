"""A form as a beginner writes it, for what Streamlit by itself sends to a phone."""

import streamlit as st

st.title("Survey")
st.write("How content are you with the government's services?")
with st.form("survey"):
    st.radio("Policies", ["very content", "content", "neither", "discontent"])
    st.text_area("What else?")
    st.form_submit_button("Send")
