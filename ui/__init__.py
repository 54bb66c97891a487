"""User interface: filters, charts, map, exports, import, sign-in; besides pages the only package that imports Streamlit."""
