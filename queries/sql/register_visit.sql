-- Visits as the register would have them: one row per visit that is in no register yet, and not contradicted by another one.
-- Tells: cases
-- Computes: hidden
-- With `every` all rows of the register. hidden: a citizen ID stands in it, so that it cannot be told whole.
select register_year, household_id, entry_no, visit_date, visitor, finding, checked_dimension, check_result,
       nullif(concat_ws(' ', entries, unentered), '') as entries,
       code_without_id(household_id) <> household_id
         or without_ids(concat_ws(' | ', visitor, finding)) <> concat_ws(' | ', visitor, finding) as hidden
from chosen_visits($filters, $reader)
where unentered is not null or ($every <> '' and entry is null)
order by register_year, household_id, entry_no
