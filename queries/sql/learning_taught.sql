-- Who taught whom by a day, the latest first: one row per meeting of a subject that says who taught, `total` in all.
-- Tells: cases
-- Computes: total
with day as (select learning_day($filters, $reader, $day) as on_day),
named as (select district_code, staff_no, staff_name from chosen_staffs($filters, $reader))
select m.district_code, m.met_date, m.teacher, t.staff_name as teacher_name, p.learner, l.staff_name as learner_name,
       p.learning_subject, m.learning_step, m.learning_source, m.drawn_lesson, s.lesson_title, count(*) over () as total
from learning_moves($filters, $reader, (select on_day from day)) m
join chosen_learning_paths($filters, $reader) p using (district_code, path_no)
left join chosen_lessons($filters, $reader) s on s.district_code = m.district_code and s.lesson_no = m.drawn_lesson
left join named l on l.district_code = m.district_code and l.staff_no = p.learner
left join named t on t.district_code = m.district_code and t.staff_no = m.teacher
where m.teacher is not null
order by m.met_date desc, m.district_code, len(m.path_no), m.path_no limit $limit offset $offset
