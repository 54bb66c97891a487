-- Where the households of some addresses stand, and by what names entries may call their plan items: one row per address.
with items as (
  select home, list(thing) as things from chosen_plan_items($filters, $reader) where home in (from homes_of($refs))
  group by home)
select ref, register_year, household_id, village_code, concat_ws(' ', head_first_name, head_last_name) as head,
       coalesce(things, []) as things
from visible_households($reader) left join items using (home) where home in (from homes_of($refs))
