-- What was corrected in the minutes of a meeting after they were written: one row per correction, the oldest first.
-- Tells: cases
-- Computes: meeting_id, happened_on
-- `meeting` chooses one; '' is all of the reader's areas.
select meeting as meeting_id, correction, happened_on, entry, recorded_by, recorded_at
from visible_minutes_notes($reader) where $meeting in ('', meeting) order by meeting, recorded_at, entry
