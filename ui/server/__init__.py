"""HTTP layer around Streamlit: authentication, security headers, static files, error page and startup checks."""
