-- Households per dimension: deprived, not deprived, no data; people of the deprived ones. One row per dimension.
-- Tells: counts
-- Computes: dimension, not_deprived, no_data, households, deprived_people
-- People are never added up over dimensions: one household may lack several; null where no deprived one says how many it has.
with s as (select households, people, unnest(by_dimension(health, living, education, income, access), recursive := true)
           from state_profiles($filters, $reader)),
d as (select dimension, cast(position as int) as position from warehouse.definition.dimensions)
select dimension, coalesce(cast(sum(households) filter (state = 'deprived') as bigint), 0) as deprived,
       coalesce(cast(sum(households) filter (state = 'not_deprived') as bigint), 0) as not_deprived,
       coalesce(cast(sum(households) filter (state = 'no_data') as bigint), 0) as no_data,
       coalesce(cast(sum(households) as bigint), 0) as households,
       if(coalesce(bool_or(state = 'deprived'), false), cast(sum(people) filter (state = 'deprived') as bigint),
          0) as deprived_people
from d left join s using (dimension) group by dimension, position order by position
