-- Gifts as the register would have them: one row per gift that is in no register yet.
-- Tells: cases
-- Computes: hidden
-- With `every` all rows of the register. hidden: a citizen ID stands in it, so that it cannot be told whole.
select register_year, household_id, entry_no, given_date, kind, giver, item, quantity, unit, "value",
       nullif(concat_ws(' ', entries, unentered), '') as entries,
       code_without_id(household_id) <> household_id
         or without_ids(concat_ws(' | ', giver, item, unit)) <> concat_ws(' | ', giver, item, unit) as hidden
from chosen_contributions($filters, $reader)
where unentered is not null or ($every <> '')
order by register_year, household_id, entry_no
