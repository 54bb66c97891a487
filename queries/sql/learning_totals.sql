-- The learning of the chosen offices on a day: one row; scarce are skills that one or two have, of those that anybody has.
-- Tells: counts
-- Computes: on_day, staff, men, women, skills, scarce, lessons, paths, teaching
with day as (select learning_day($filters, $reader, $day) as on_day),
people as (
  select count(*) as staff, count(*) filter (sex = 'male') as men, count(*) filter (sex = 'female') as women
  from chosen_staffs($filters, $reader)),
held as (
  select count(distinct skill) as skills, count(*) filter (people <= 2) as scarce
  from (select skill, count(*) as people from chosen_staff_skills($filters, $reader) group by district_code, skill)),
known as (select count(*) as lessons from chosen_lessons($filters, $reader)),
stand as (
  select count(*) as paths, count(*) filter (learning_step = 'teach') as teaching
  from (select arg_max(learning_step, met_date) as learning_step
        from chosen_learning_meetings($filters, $reader), day where met_date <= on_day group by district_code, path_no))
select on_day, staff, men, women, skills, scarce, lessons, paths, teaching from day, people, held, known, stand
