-- What the meeting before gave somebody to do, late first: one row per action with its state now.
-- Tells: cases
-- Computes: meeting_id, status, days_late, village_th, village_en, tambon_th, tambon_en, total, total_open
-- `meeting` is the one that takes them up; of none, the actions of all meetings of the reader's areas.
with given as (
  select *, coalesce(due_date < as_of, false) and status <> 'done' as overdue, as_of - due_date as days_late
  from visible_outcomes($reader)
  where outcome = 'action' and ($meeting = '' or meeting = meeting_before($reader, $meeting)))
select g.meeting as meeting_id, g.serial, g.told, g.ref, g.owner, g.due_date, g.status, g.reply, g.overdue, g.days_late,
  h.village_code,
       v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en, g.thing, g.entry,
       g.recorded_by, g.recorded_at, count(*) over () as total, count(*) filter (g.status <> 'done') over () as total_open
from given g left join visible_households($reader) h using (home)
left join warehouse.place v on v.code = h.village_code left join warehouse.place t on t.code = h.tambon_code
order by g.status = 'done', g.overdue desc, g.due_date nulls last, g.entry limit $limit offset $offset
