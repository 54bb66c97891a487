-- Households by state, and people of the deprived: one row per dimension.
with {chosen}, {by_dimension}
select dimension, sum(iif(state = 'deprived', households, 0)) as deprived,
       sum(iif(state = 'not_deprived', households, 0)) as not_deprived,
       sum(iif(state = 'no_data', households, 0)) as no_data, sum(households) as households,
       sum(iif(state = 'deprived', people, 0)) as deprived_people
from by_dimension group by dimension, position order by position
