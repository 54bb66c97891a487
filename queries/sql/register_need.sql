-- Needs as the register would have them: one row per need with entries that are in no register yet.
-- Tells: cases
-- Computes: hidden
-- With `every` all rows of the register. hidden: a citizen ID stands in it, so that it cannot be told whole.
select register_year, household_id, item, quantity, unit,
       nullif(concat_ws(' ', entries, unentered), '') as entries,
       code_without_id(household_id) <> household_id
         or without_ids(concat_ws(' | ', item, unit)) <> concat_ws(' | ', item, unit) as hidden
from chosen_needs($filters, $reader)
where unentered is not null or ($every <> '')
order by register_year, household_id, item, unit
