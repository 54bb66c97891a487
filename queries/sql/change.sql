-- The same households a year before: one row per dimension, households by how their state moved.
-- Tells: counts
-- Computes: dimension, better, worse, still_deprived, still_not_deprived, not_comparable, households, chosen
-- Compared are households with data in both years; the others are counted as not comparable, never as unchanged.
with moved as (  -- one row per combination of states now and before
  select health, living, education, income, access, was_listed as listed, health_was, living_was, education_was, income_was,
         access_was, sum(households) as households
  from chosen_tallies($filters, $reader) group by all),
s as (
  select households, listed, unnest(by_dimension(health, living, education, income, access), recursive := true),
         unnest([health_was, living_was, education_was, income_was, access_was]) as was
  from moved),
d as (select dimension, cast(position as int) as position from warehouse.definition.dimensions),
counted as (
  select dimension, position, coalesce(households, 0) as households, coalesce(listed, false) as listed, was, state
  from d left join s using (dimension))
select dimension, cast(coalesce(sum(households) filter (was = 'deprived' and state = 'not_deprived'), 0) as bigint) as better,
       cast(coalesce(sum(households) filter (was = 'not_deprived' and state = 'deprived'), 0) as bigint) as worse,
       cast(coalesce(sum(households) filter (was = 'deprived' and state = 'deprived'), 0) as bigint) as still_deprived,
       cast(coalesce(sum(households) filter (was = 'not_deprived' and state = 'not_deprived'),
         0) as bigint) as still_not_deprived,
       cast(coalesce(sum(households) filter (listed and (was = 'no_data' or state = 'no_data')),
       0) as bigint) as not_comparable, cast(coalesce(sum(households) filter (listed),
       0) as bigint) as households, cast(sum(households) as bigint) as chosen
from counted group by dimension, position order by position
