"""What `streamlit run dashboard.py` starts: the frame behind the gate, with the typeface and the look beside it."""

import streamlit as st
from starlette.middleware import Middleware

from ui import atlas_words, served, shapes
from ui.failure import failed
from ui.gate import Gate
from ui.quick import at_once, known_labels
from ui.ready import make_ready
from ui.start import ready

settings = ready()
at_once()
known_labels()
make_ready()
app = st.App(
    "ui/frame.py",
    middleware=[Middleware(Gate, settings=settings)],
    routes=[*served.routes(), *shapes.routes(), *atlas_words.routes()],
    on_script_error=failed,
)
