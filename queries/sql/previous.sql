-- The meeting before one, with what it came to: one row, or none; of no meeting, every one that is closed.
-- Tells: cases
-- Computes: meeting_id, held_on, state, decisions, actions, certified
with before as (
  select meeting, serial, held_on, state from visible_meetings($reader)
  where state in ('closed', 'adopted') and ($meeting = '' or meeting = meeting_before($reader, $meeting)))
select b.meeting as meeting_id, b.serial, b.held_on, b.state, count(*) filter (o.outcome = 'decision') as decisions,
       count(*) filter (o.outcome = 'action') as actions, count(*) filter (o.outcome = 'certified') as certified
from before b left join visible_outcomes($reader) o using (meeting) group by all order by b.held_on desc, b.meeting
