-- Forums that assess villages by raised hands, and what they scored, as they are now: one row per forum, one per item scored.
-- Reads: meeting_spoken, warehouse.place
-- Writes: delta.held_forum, delta.held_score
delete from delta.held_forum;
delete from delta.held_score;

insert into delta.held_forum by name
select split_part(thing, '/', 2) as forum, village as village_code, body->>'instrument' as instrument,
       body->>'assessment_round' as assessment_round, year(cast(body->>'held_on' as date)) + 543 as assessed_year,
       cast(body->>'held_on' as date) as held_on, cast(cast(body->>'people' as double) as bigint) as people,
       cast(cast(body->>'highest' as double) as bigint) as highest,
       body->>'main_items' as main_items, id as entry, forked, who as recorded_by,
       received_at as recorded_at
from meeting_spoken
where kind = 'forum_opened' and village in (select code from warehouse.place where level = 'village');

insert into delta.held_score by name
select split_part(s.thing, '/', 2) as forum, s.village as village_code, split_part(s.thing, '/', 4) as item,
       cast(s.body->>'score' as double) as score, s.body->>'hands' as hands, s.id as entry, s.forked, s.who as recorded_by,
       s.received_at as recorded_at
from meeting_spoken s join delta.held_forum h on h.forum = split_part(s.thing, '/', 2) and h.village_code = s.village
where s.kind = 'forum_scored';
