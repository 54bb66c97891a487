-- What the headlines of some households rest on, of their records: one row per household, input and record.
-- `record` is its key within the household, as warehouse.origin has it; the entry's id where it was recorded and is in no file.
with visit as (
  select ref, coalesce(entry, cast(entry_no as varchar)) as record, visit_date, checked_dimension, check_result
  from chosen_visits($filters, $reader) where home in (from homes_of($refs))),
item as (
  select ref, replace(thing, 'plan/', '') as record, aspect, status, due_date, updated_date
  from chosen_plan_items($filters, $reader) where home in (from homes_of($refs))),
step as (
  select ref, replace(thing, 'step/', '') as record, started_date, finished_date, due_date
  from chosen_case_steps($filters, $reader) where home in (from homes_of($refs))),
gift as (
  select ref, coalesce(entry, cast(entry_no as varchar)) as record, given_date
  from chosen_contributions($filters, $reader) where home in (from homes_of($refs))),
member as (
  select ref, cast(member_no as varchar) as record, welfare_card
  from chosen_people($filters, $reader) where home in (from homes_of($refs)))
select ref, concat('check_', checked_dimension) as input, 'visit' as register, record,
       concat_ws('|', visit_date, check_result) as said
from visit where checked_dimension is not null and check_result is not null
union all select ref, 'moved', 'visit', record, cast(visit_date as varchar) from visit
union all select ref, 'items', 'plan', record, aspect from item
union all select ref, 'done', 'plan', record, status from item
union all select ref, 'due', 'plan', record, concat_ws('|', coalesce(cast(due_date as varchar), ''), status) from item
union all select ref, 'moved', 'plan', record, coalesce(cast(updated_date as varchar), '') from item
union all
select ref, 'due', 'step', record, concat_ws('|', coalesce(cast(due_date as varchar), ''), finished_date is null) from step
union all
select ref, 'moved', 'step', record, concat(started_date, '|', finished_date) from step
where coalesce(started_date, finished_date) is not null
union all select ref, 'gifts', 'contribution', record, 'given' from gift
union all select ref, 'moved', 'contribution', record, coalesce(cast(given_date as varchar), '') from gift
union all select ref, 'cards', 'person', record, coalesce(welfare_card, '') from member
union all select ref, 'persons', 'person', record, 'listed' from member
