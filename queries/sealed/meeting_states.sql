-- How far meetings are, by their ids: one row per meeting, with its area and state.
from meeting_states_of($meetings)
