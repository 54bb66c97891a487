-- The same households a year before: one row per dimension, households by how their state moved.
-- Compared are households with data in both years; the others are counted as not comparable, never as unchanged.
with now as (from dimension_states($filters, $reader)),
     before as (
       select register_year + 1 as register_year, household_id, unnest([
         {'dimension': 'health', 'was': health}, {'dimension': 'living', 'was': living}, {'dimension': 'education', 'was': education},
         {'dimension': 'income', 'was': income}, {'dimension': 'access', 'was': access}], recursive := true)
       from visible_households($reader))
select d.dimension, count(*) filter (was = 'deprived' and state = 'not_deprived') as better,
       count(*) filter (was = 'not_deprived' and state = 'deprived') as worse,
       count(*) filter (was = 'deprived' and state = 'deprived') as still_deprived,
       count(*) filter (was = 'not_deprived' and state = 'not_deprived') as still_not_deprived,
       count(was) filter (was = 'no_data' or state = 'no_data') as not_comparable, count(was) as households, count(ref) as chosen
from warehouse.definition.dimensions d left join now using (dimension)
left join before on before.register_year = now.register_year and before.household_id = now.household_id and before.dimension = now.dimension
group by d.dimension, cast(d.position as int) order by cast(d.position as int)
