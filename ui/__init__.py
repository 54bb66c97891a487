"""Choosing, drawing and the words on screen; the only room besides pages that knows Streamlit."""
