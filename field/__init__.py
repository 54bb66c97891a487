"""The field page: a small web app for the tablets of field teams, which works without a network after one opening.

The server hands out one person's area (`bundle`) and takes what was recorded there (`inbox`); all else happens in the browser
(field/static). Nothing here imports streamlit.
"""
