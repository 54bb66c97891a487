-- How many dimensions a household lacks at once: one row per number from 0 to 5, with households and people.
-- Tells: counts
-- Computes: number, households
-- The last row, its number null, are households without data in any: none of their dimensions is known to be lacked or not.
with counted as (
  select deprived as number, cast(sum(households) as bigint) as households, cast(sum(people) as bigint) as people
  from chosen_tallies($filters, $reader) group by all)
select r.number, coalesce(households, 0) as households, if(households > 0, people, 0) as people
from (select unnest([0, 1, 2, 3, 4, 5, null]) as number) r left join counted c on c.number is not distinct from r.number
order by number nulls last
