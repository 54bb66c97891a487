-- Steps that colleagues have reached since the registers came, as rows of the register: one row per subject and day, which
-- takes the place of the register's.
-- Reads: meeting_spoken, place_carried, warehouse.learning_meeting, warehouse.learning_path
-- Writes: delta.learning_meeting
delete from delta.learning_meeting;

insert into delta.learning_meeting by name
with mine as (
  select *, regexp_extract(thing, '^learning/[^/]+/(.*)$', 1) as path_no
  from meeting_spoken anti join place_carried using (id) where kind = 'learning_step')
select village as district_code, s.path_no, said_on as met_date, body->>'learning_step' as learning_step,
       body->>'teacher' as teacher, body->>'learning_source' as learning_source, body->>'drawn_lesson' as drawn_lesson,
       body->>'learning_note' as learning_note, w.entries, id as entry, who as recorded_by, received_at as recorded_at,
       id as unentered
from mine s
left join warehouse.learning_meeting w on w.district_code = village and w.path_no = s.path_no and w.met_date = said_on
where (village, s.path_no) in (select (district_code, path_no) from warehouse.learning_path);
