-- The same households a year before: one row per dimension.
with {chosen}, {by_dimension}
select dimension, sum(iif(was = 'deprived' and state = 'not_deprived', households, 0)) as better,
       sum(iif(was = 'not_deprived' and state = 'deprived', households, 0)) as worse,
       sum(iif(listed and (was = 'no_data' or state = 'no_data'), households, 0)) as not_comparable,
       sum(iif(listed, households, 0)) as households, sum(households) as chosen
from by_dimension group by dimension, position order by position
