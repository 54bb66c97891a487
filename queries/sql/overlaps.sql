-- How many dimensions a household lacks at once: one row per number from 0 to 5, with households and people.
-- Tells: counts
-- Computes: number, households
-- The last row, its number null, are households without data in any: none of their dimensions is known to be lacked or not.
with counted as (
  select deprived as number, cast(sum(households) as bigint) as households, cast(sum(people) as bigint) as people
  from chosen_tallies($filters, $reader) group by all)
select nullif(place, 6) as number, coalesce(households, 0) as households, if(households > 0, people, 0) as people
from range(7) r(place) left join counted on coalesce(counted.number, 6) = place order by place
