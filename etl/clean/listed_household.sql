-- One household per household of the person lists that no household register has: what its head's row says, or the first
-- row that says anything. A list repeats the household's facts on every row, or says them once.
-- Reads: household_3_records, listed_household, member_list_10_kept
-- Writes: household_4_united, listed_household
create table listed_household as
with ranked as (
  select *, row_number() over (partition by register_year, household_id
                               order by coalesce(relation ilike 'หัวหน้า%', false) desc, member_no, row_id) as place
  from member_list_10_kept)
select arg_min(row_id, place) as row_id, arg_min(sheet_no, place) as sheet_no, register_year, household_id, {facts},
       cast(coalesce(arg_min(members, place), count(*)) as usmallint) as members,
       coalesce(arg_min(head_title, place), first(title order by place)) as head_title,
       coalesce(arg_min(head_first_name, place), first(first_name order by place)) as head_first_name,
       coalesce(arg_min(head_last_name, place), first(last_name order by place)) as head_last_name,
       coalesce(arg_min(head_citizen_id, place), first(citizen_id order by place)) as head_citizen_id
from ranked anti join household_3_records using (register_year, household_id)
group by register_year, household_id;

create view household_4_united as
from household_3_records union all by name select *, null::{faults}[] as faults from listed_household;
