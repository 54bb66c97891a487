-- Who of the chosen offices can do a task: one row per task and member of staff with any of its skills, the best first.
-- Tells: cases
-- Computes: task, fits, wanted, has_skills, learning_now
-- `task` is one of the picklist staff_task, '' is all. fits: how many of the task's `wanted` skills; learning_now:
-- subjects that somebody learns and has not come to the fifth step of.
with wanted as (
  select task, skill, count(*) over (partition by task) as wanted from warehouse.definition.task_skills
  where $task in ('', task)),
stand as (
  select district_code, path_no, arg_max(learning_step, met_date) as learning_step
  from chosen_learning_meetings($filters, $reader) group by all),
busy as (
  select district_code, learner as staff_no, count(*) as learning_now
  from chosen_learning_paths($filters, $reader) left join stand using (district_code, path_no)
  where learning_step is distinct from 'teach' group by all)
select task, district_code, staff_no, staff_name, post, count(*) as fits, any_value(wanted) as wanted,
       list(skill order by skill) as has_skills, coalesce(any_value(learning_now), 0) as learning_now
from wanted join chosen_staff_skills($filters, $reader) using (skill)
join chosen_staffs($filters, $reader) using (district_code, staff_no) left join busy using (district_code, staff_no)
group by task, district_code, staff_no, staff_name, post
order by task, fits desc, learning_now, district_code, len(staff_no), staff_no
