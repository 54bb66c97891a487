"""The overview as its users would otherwise have it: one Streamlit page with pandas, Datasette over SQLite, Apache Superset."""
