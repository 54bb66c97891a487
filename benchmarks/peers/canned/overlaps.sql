-- How many dimensions at once: one row per number from 0 to 5.
with {chosen},
n(number) as (values (0), (1), (2), (3), (4), (5)),
counted as (select deprived, sum(households) as households, sum(people) as people from chosen group by deprived)
select number, coalesce(households, 0) as households, coalesce(people, 0) as people
from n left join counted on deprived = number order by number
