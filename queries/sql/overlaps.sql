-- How many dimensions a household lacks at once: one row per number from 0 to 5, with households and people.
select number, count(ref) as households, coalesce(cast(sum(people) as bigint), 0) as people
from range(6) r(number) left join chosen_households($filters, $reader) on deprived = number
group by number order by number
