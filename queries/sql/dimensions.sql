-- Households per dimension: deprived, not deprived, no data; people of the deprived ones. One row per dimension.
-- People are never added up over dimensions: one household may lack several.
select d.dimension, count(*) filter (state = 'deprived') as deprived, count(*) filter (state = 'not_deprived') as not_deprived,
       count(*) filter (state = 'no_data') as no_data, count(s.ref) as households,
       coalesce(cast(sum(people) filter (state = 'deprived') as bigint), 0) as deprived_people
from warehouse.definition.dimensions d left join dimension_states($filters, $reader) s using (dimension)
group by d.dimension, cast(d.position as int) order by cast(d.position as int)
