-- The same households a year before, for the map: one row per register year and area (of the breakdown `by`) with some to compare.
-- Tells: counts
-- compared are chosen households with data in both years; was and now those of them deprived in any dimension, change now - was.
with known as (
  select register_year, household_id, deprived > 0 as lacking from visible_households($reader)
  where any_known(health, living, education, income, access)),
compared as (
  select c.*, before.lacking as was, now.lacking as now
  from (select *, 'total' as total from chosen_households($filters, $reader)) c
  join known now on now.register_year = c.register_year and now.household_id = c.household_id
  join known before on before.register_year = c.register_year - 1 and before.household_id = c.household_id)
select a.*, p.name_th, p.name_en
from (select register_year, cast(columns(lambda c: c = $by) as varchar) as code, count(*) as compared,
             count(*) filter (was) as was, count(*) filter (now) as now, count(*) filter (now) - count(*) filter (was) as change
      from compared group by all) a
left join warehouse.place p on p.code = a.code
order by a.register_year, a.code
