-- The skills matrix of the chosen offices: one row per member of staff and skill that there is.
-- Tells: cases
-- Computes: on_day, position, skill_th, skill_en, is_held, people, has_taught
-- people have the skill in that office. has_taught: taught somebody a subject of it, or came to the fifth step of one.
with day as (select learning_day($filters, $reader, '') as on_day),
skills as (
  select "value" as skill, cast(position as int) as position, name_th as skill_th, name_en as skill_en
  from warehouse.definition.picklists where picklist = 'staff_skill'),
taught as (
  select district_code, learned_skill as skill, if(m.learning_step = 'teach', learner, null) as learner, teacher
  from chosen_learning_meetings($filters, $reader) m
  join chosen_learning_paths($filters, $reader) using (district_code, path_no) where learned_skill is not null),
teachers as (
  select district_code, skill, teacher as staff_no from taught union select district_code, skill, learner from taught)
select (select on_day from day) as on_day, district_code, staff_no, staff_name, post, sex, s.skill, s.position, s.skill_th,
       s.skill_en, h.skill is not null as is_held, count(h.skill) over (partition by district_code, s.skill) as people,
       t.staff_no is not null as has_taught
from chosen_staffs($filters, $reader) cross join skills s
left join chosen_staff_skills($filters, $reader) h using (district_code, staff_no, skill)
left join teachers t using (district_code, staff_no, skill)
order by district_code, len(staff_no), staff_no, s.position
