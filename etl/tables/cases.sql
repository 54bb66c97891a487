-- One row per case and step of its template, also the steps that nobody has written down yet.
-- Reads: case_step, event, home, out.definition.case_steps, step_10_kept
-- Writes: case_step, checklist, movement
create view case_step as
select c.register_year, c.household_id, c.template, cast(d.step as utinyint) as step, cast(d.phase as utinyint) as phase,
       s.started_date, s.finished_date, s.due_date, s.owner, s.note, s.entries,
       step_state(s.started_date, s.finished_date) as state,
       step_is_overdue(s.due_date, home.as_of, s.finished_date) as overdue
from (select distinct register_year, household_id, template from step_10_kept) c
join out.definition.case_steps d using (template)
left join step_10_kept s on s.register_year = c.register_year and s.household_id = c.household_id
  and s.template = c.template and s.step = cast(d.step as int)
left join home on home.register_year = c.register_year and home.household_id = c.household_id;

-- One row per household with a checklist.
create table checklist as
select register_year, household_id, min(template) as template, count(*) as steps,
       count(*) filter (state = 'done') as steps_done,
       list(step order by step) filter (state = 'current') as steps_current, count(*) filter (overdue) as steps_overdue
from case_step group by all;

-- One row per household something happened to: its last movement, and whether help has reached it.
create table movement as
select register_year, household_id, max(happened_on) as last_movement from event group by all;
