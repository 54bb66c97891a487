"""What `streamlit run dashboard.py` starts: the frame behind the gate, with the typeface and the look beside it."""

import streamlit as st
from starlette.middleware import Middleware

from field import routes as field_page
from ui.map import messages, outline_sets
from ui.server.error_page import failed
from ui.server.first_build import make_ready
from ui.server.middleware import Gate
from ui.server.preflight import ready
from ui.server.streamlit_static import CompressedStatic
from ui.static import static_routes
from ui.streamlit_internals import cache_leading_emoji, cache_theme, disable_nagle

settings = ready()
disable_nagle()
cache_leading_emoji()
cache_theme()
make_ready()
app = st.App(
    "ui/frame.py",
    middleware=[Middleware(Gate, settings=settings), Middleware(CompressedStatic)],
    routes=[*static_routes.routes(), *outline_sets.routes(), *messages.routes(), *field_page.routes()],
    on_script_error=failed,
)
