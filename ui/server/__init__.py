"""Around Streamlit: the middleware before it, its one HTML page, whether the server may start, the first build."""
