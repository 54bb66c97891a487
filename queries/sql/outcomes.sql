-- What a meeting came to: one row per information, decision, action and certification, in the order of the agenda.
-- Tells: cases
-- Computes: meeting_id, item_id, kind, outcome, status, happened_on, village_th, village_en, tambon_th, tambon_en, position
-- `meeting` chooses one; '' is all of the reader's areas. An action has its state, whatever a later meeting says of it.
with said as (select * from visible_outcomes($reader) where $meeting in ('', meeting))
select o.meeting as meeting_id, o.serial, o.item as item_id, a.position, o.kind, o.outcome, o.told, o.ref, o.owner,
  o.due_date, o.status, o.reply,
  o.happened_on,
       h.village_code, v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en,
       o.thing,
       o.entry, o.forked, o.recorded_by, o.recorded_at
from said o left join visible_households($reader) h using (home)
left join visible_agendas($reader) a on a.meeting = o.meeting and a.item = o.item
left join warehouse.place v on v.code = h.village_code left join warehouse.place t on t.code = h.tambon_code
order by o.meeting, a.position nulls last, o.recorded_at, o.entry
