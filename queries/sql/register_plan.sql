-- Items of plans as the register would have them: one row per item with entries that are in no register yet.
-- Tells: cases
-- Computes: hidden
-- With `every` all rows of the register. hidden: a citizen ID stands in it, so that it cannot be told whole.
select register_year, household_id, item_no, aspect, activity, owner, due_date, status, updated_date, reply,
       nullif(concat_ws(' ', entries, unentered), '') as entries,
       code_without_id(household_id) <> household_id
         or without_ids(concat_ws(' | ', activity, owner, reply)) <> concat_ws(' | ', activity, owner, reply) as hidden
from chosen_plan_items($filters, $reader)
where unentered is not null or ($every <> '')
order by register_year, household_id, item_no
