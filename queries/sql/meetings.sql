-- Meetings of the reader's areas, the latest first: one row per meeting, `total` in all.
-- Tells: cases
-- Computes: meeting_id, area, area_th, area_en, held_on, state, frozen, minutes, adopted_in, before, items, actions
-- Computes: actions_open, total
-- `meeting` chooses one; '' is all. before: the meeting of the same area before it, whose actions and minutes it takes up.
-- opened: the entry that opened it, on which its outcomes rest.
-- Computes: opened, attendance
with matching as (select *, count(*) over () as total from visible_meetings($reader) where $meeting in ('', meeting)),
counted as (
  select meeting, count(*) filter (outcome = 'action') as actions,
         count(*) filter (outcome = 'action' and status <> 'done') as actions_open
  from visible_outcomes($reader) group by meeting),
items as (select meeting, count(*) as items from visible_agendas($reader) group by meeting)
select m.meeting as meeting_id, m.area, p.name_th as area_th, p.name_en as area_en, m.serial, m.held_on, m.begins, m.venue,
  m.convenes,
  m.invited,
       m.state, m.opened, m.frozen, m.began, m.attendance, m.present, m.absent, m.attending, m.minutes, m.ended, m.taker,
       m.checker, m.adopted_in,
       meeting_before($reader, m.meeting) as before, coalesce(items, 0) as items, coalesce(actions, 0) as actions,
       coalesce(actions_open, 0) as actions_open, m.entry, m.forked, m.recorded_by, m.recorded_at, m.total
from matching m left join warehouse.place p on p.code = m.area left join counted using (meeting) left join items using (meeting)
order by m.held_on desc, m.recorded_at desc, m.meeting limit $limit offset $offset
