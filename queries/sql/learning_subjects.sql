-- Subjects that somebody of the chosen offices learns, begun or not: one row per subject; `total` in all.
-- Tells: cases
-- Computes: total
-- learning_step is that of its latest meeting, empty where there was none yet. What can be
-- recorded is of one of these.
with latest as (
  select district_code, path_no, arg_max(learning_step, met_date) as learning_step, max(met_date) as met_date
  from chosen_learning_meetings($filters, $reader) group by all)
select p.district_code, p.path_no, learner, staff_name as learner_name, learning_subject, learned_skill, learning_step,
       met_date, count(*) over () as total
from chosen_learning_paths($filters, $reader) p left join latest using (district_code, path_no)
left join (select district_code, staff_no, staff_name from chosen_staffs($filters, $reader)) s
  on s.district_code = p.district_code and s.staff_no = learner
order by p.district_code, len(p.path_no), p.path_no limit $limit offset $offset
