-- The learning board on a day: one row per subject that somebody had begun by then, by its step, `total` in all.
-- Tells: cases
-- Computes: on_day, position, since, meetings, moved, met_lately, total
-- The step is that of the latest meeting; since, the first of the meetings in a row at that step; moved: it came to it
-- then; met_lately: that meeting was in the month of the day.
with day as (select learning_day($filters, $reader, $day) as on_day),
moves as (
  select *, sum(if(position is distinct from before, 1, 0)) over (partition by district_code, path_no order by met_date) as run
  from learning_moves($filters, $reader, (select on_day from day))),
latest as (
  select *, count(*) over (partition by district_code, path_no) as meetings,
         min(met_date) over (partition by district_code, path_no, run) as since from moves
  qualify row_number() over (partition by district_code, path_no order by met_date desc) = 1),
named as (select district_code, staff_no, staff_name from chosen_staffs($filters, $reader))
select on_day, latest.district_code, path_no, learner, l.staff_name as learner_name, learning_subject, learned_skill,
       learning_step, position, since, met_date, meetings, position is distinct from before as moved,
       date_trunc('month', met_date) = date_trunc('month', on_day) as met_lately, teacher, t.staff_name as teacher_name,
       learning_source, drawn_lesson, lesson_title, learning_note, entry, recorded_by, recorded_at,
       count(*) over () as total
from latest join chosen_learning_paths($filters, $reader) using (district_code, path_no)
left join chosen_lessons($filters, $reader) s
  on s.district_code = latest.district_code and s.lesson_no = drawn_lesson
left join named l on l.district_code = latest.district_code and l.staff_no = learner
left join named t on t.district_code = latest.district_code and t.staff_no = teacher, day
order by position desc, since, latest.district_code, len(path_no), path_no limit $limit offset $offset
