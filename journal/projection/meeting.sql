-- Meetings and their agendas as they are now: what was prepared, how far it is, who came,
-- what it saw and what was written of it.
-- Reads: meeting_spoken, meeting_standing, warehouse.place
-- Writes: delta.meeting, delta.agenda, delta.minutes_note
delete from delta.meeting;
delete from delta.agenda;
delete from delta.minutes_note;

insert into delta.meeting by name
with of_meeting as (select * replace (split_part(thing, '/', 2) as meeting) from meeting_spoken where thing[1:8] = 'meeting/'),
far as (select village, meeting, list(kind) as kinds, bool_or(forked) as forked from of_meeting group by all)
select p.meeting, p.village as area, p.body->>'serial' as serial, cast(p.body->>'held_on' as date) as held_on,
       p.body->>'begins' as begins, p.body->>'venue' as venue, p.body->>'convenes' as convenes, p.body->>'invited' as invited,
       {state} as state, o.id as opened, o.body->>'frozen' as frozen, o.body->>'began' as began,
       a.id as attendance, a.body->>'present' as present, a.body->>'absent' as absent,
       a.body->>'attending' as attending, c.body->>'minutes' as minutes, c.body->>'ended' as ended, c.body->>'taker' as taker,
       c.body->>'checker' as checker, d.body->>'adopted_in' as adopted_in, p.id as entry, far.forked, p.who as recorded_by,
       p.received_at as recorded_at
from of_meeting p join far using (village, meeting)
left join of_meeting o on o.kind = 'meeting_opened' and o.village = p.village and o.meeting = p.meeting
left join of_meeting a on a.kind = 'attendance' and a.village = p.village and a.meeting = p.meeting
left join of_meeting c on c.kind = 'meeting_closed' and c.village = p.village and c.meeting = p.meeting
left join of_meeting d on d.kind = 'meeting_adopted' and d.village = p.village and d.meeting = p.meeting
where p.kind = 'meeting_prepared' and p.village in (select code from warehouse.place where level in ('district', 'tambon'));

insert into delta.agenda by name
select village as area, split_part(thing, '/', 2) as meeting, split_part(thing, '/', 4) as item, body->>'agenda' as agenda,
       cast(body->>'position' as double) as position, body->>'subject' as subject, body->>'note' as note, id as entry, forked,
       who as recorded_by, received_at as recorded_at
from meeting_spoken where kind = 'agenda_item' and coalesce(body->>'removed', 'no') = 'no';

insert into delta.minutes_note by name
select village as area, split_part(thing, '/', 2) as meeting, body->>'correction' as correction, said_on as happened_on,
  id as entry,
       who as recorded_by, received_at as recorded_at
from meeting_standing where kind = 'minutes_correction';
