"""Around Streamlit: who is let in, what the browser may do, which files are served, whether the server may start."""
