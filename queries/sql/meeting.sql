-- The agenda of a meeting, in its order: one row per item, with how much it came to.
-- Tells: cases
-- Computes: meeting_id, item_id, agenda, position, outcomes
-- `meeting` chooses one; '' is all of the reader's areas.
select a.meeting as meeting_id, a.item as item_id, a.agenda, a.position, a.subject, a.note,
       (select count(*) from visible_outcomes($reader) o where o.meeting = a.meeting and o.item = a.item) as outcomes,
       a.entry, a.forked, a.recorded_by, a.recorded_at
from visible_agendas($reader) a where $meeting in ('', a.meeting) order by a.meeting, a.position, a.item
