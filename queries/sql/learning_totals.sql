-- The learning of the chosen offices on a day: one row; scarce are skills that one or two have, of those that anybody has.
-- Tells: counts
-- Computes: on_day, staff, men, women, skills, scarce, lessons, paths, teaching
with day as (select learning_day($filters, $reader, $day) as on_day),
held as (
  select skill, count(*) as people from chosen_staff_skills($filters, $reader) group by district_code, skill),
stand as (
  select district_code, path_no, arg_max(learning_step, met_date) as learning_step
  from learning_moves($filters, $reader, (select on_day from day)) group by all)
select on_day, (select count(*) from chosen_staffs($filters, $reader)) as staff,
       (select count(*) from chosen_staffs($filters, $reader) where sex = 'male') as men,
       (select count(*) from chosen_staffs($filters, $reader) where sex = 'female') as women,
       (select count(distinct skill) from held) as skills, (select count(*) from held where people <= 2) as scarce,
       (select count(*) from chosen_lessons($filters, $reader)) as lessons, (select count(*) from stand) as paths,
       (select count(*) from stand where learning_step = 'teach') as teaching
from day
