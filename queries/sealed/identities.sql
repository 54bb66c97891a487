-- Full citizen IDs as the report has them: one row per household of the report, in its order, citizen_id null where its head
-- has none.
with head as (
  select home, citizen_id from chosen_people($filters, $reader) where member_no = 1)
select h.household_id, head.citizen_id
from chosen_households($filters, $reader) h left join head using (home)
order by h.register_year, h.village_code, h.household_id
