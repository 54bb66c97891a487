-- Full citizen IDs of exactly one household: one row per person who has one, then of a head who is not listed.
with listed as (
  select member_no, citizen_id from chosen_people($filters, $reader) where home = home_of($household)
         and citizen_id is not null)
from listed
union all
select null, head_citizen_id from visible_households($reader)
where home = home_of($household) and head_citizen_id is not null and head_citizen_id not in (select citizen_id from listed)
order by member_no nulls last
