-- Forums that assess villages by raised hands, and what they scored, as they are now: one row per forum, one per item scored.
-- One is carried once a register has it and everything that was scored; listed, once the register of forums has it.
-- Reads: meeting_spoken, place_carried, place_numbered, warehouse.place
-- Writes: delta.held_forum, delta.held_score
delete from delta.held_forum;
delete from delta.held_score;

insert into delta.held_forum by name
select split_part(thing, '/', 2) as forum, village as village_code, body->>'instrument' as instrument,
       body->>'assessment_round' as assessment_round, year(cast(body->>'held_on' as date)) + 543 as assessed_year,
       cast(body->>'held_on' as date) as held_on, cast(cast(body->>'people' as double) as bigint) as people,
       cast(cast(body->>'highest' as double) as bigint) as highest,
       body->>'main_items' as main_items, n.number as forum_no, false as carried,
       id in (select id from place_carried where register = 'village_forum') as listed, id as entry, forked, who as recorded_by,
       received_at as recorded_at
from meeting_spoken left join place_numbered n using (id)
where kind = 'forum_opened' and village in (select code from warehouse.place where level = 'village');

insert into delta.held_score by name
select split_part(s.thing, '/', 2) as forum, s.village as village_code, split_part(s.thing, '/', 4) as item,
       cast(s.body->>'score' as double) as score, s.body->>'hands' as hands, s.id as entry, s.forked, s.who as recorded_by,
       s.received_at as recorded_at
from meeting_spoken s join delta.held_forum h on h.forum = split_part(s.thing, '/', 2) and h.village_code = s.village
where s.kind = 'forum_scored';

update delta.held_forum h set carried = true
where entry in (select id from place_carried where register = 'village_assessment') and not exists (
  select 1 from delta.held_score s where s.forum = h.forum
    and s.entry not in (select id from place_carried where register = 'village_score'));
