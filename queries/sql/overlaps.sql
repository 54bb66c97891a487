-- How many dimensions a household lacks at once: one row per number from 0 to 5, with households and people.
-- Tells: counts
-- Computes: number, households
with counted as (
  select deprived as number, cast(sum(households) as bigint) as households, cast(sum(people) as bigint) as people
  from chosen_tallies($filters, $reader) group by all)
select number, coalesce(households, 0) as households, coalesce(people, 0) as people
from range(6) r(number) left join counted using (number) order by number
