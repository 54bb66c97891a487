-- One row per item of a household's 4T plan; overdue when not done by its due date, as of the data's date.
-- Reads: home, plan_10_kept, plan_item
-- Writes: plan_item, plan_state
create view plan_item as
select {columns}, item_is_overdue(due_date, as_of, status) as overdue
from plan_10_kept p left join home using (register_year, household_id);

-- One row per household with a plan: each aspect and the whole as none, planned, in progress or done.
create table plan_state as
select register_year, household_id, {aspects},
       work_state(count(*), count(*) filter (status <> 'planned'), count(*) filter (status = 'done')) as plan,
       count(distinct aspect) as plan_aspects, count(*) as plan_items, count(*) filter (status = 'done') as plan_done,
       count(*) filter (overdue) as plan_overdue
from plan_item group by all;
