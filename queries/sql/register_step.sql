-- Steps of cases as the register would have them: one row per step with entries that are in no register yet.
-- Tells: cases
-- Computes: hidden
-- With `every` all rows of the register. hidden: a citizen ID stands in it, so that it cannot be told whole.
select register_year, household_id, template, step, started_date, finished_date, due_date, owner, note,
       nullif(concat_ws(' ', entries, unentered), '') as entries,
       code_without_id(household_id) <> household_id
         or without_ids(concat_ws(' | ', owner, note)) <> concat_ws(' | ', owner, note) as hidden
from chosen_case_steps($filters, $reader)
where unentered is not null or ($every <> '' and coalesce(started_date, finished_date, due_date) is not null)
order by register_year, household_id, template, step
