-- The same households a year before, for the map: one row per register year and area (breakdown `by`) with some to compare.
-- Tells: counts
-- Computes: code, compared, was, now, change, name_th, name_en
-- compared are chosen households with data in both years; was and now those of them deprived in any dimension, change now -
-- was.
with compared as (
  select *, deprived > 0 as lacks, 'deprived' in (health_was, living_was, education_was, income_was, access_was) as lacked
  from (select *, 'total' as total from chosen_tallies($filters, $reader))
  where was_listed and any_known(health, living, education, income, access)
    and any_known(health_was, living_was, education_was, income_was, access_was))
select a.*, now - was as change, p.name_th, p.name_en
from (select register_year, cast(columns(lambda c: c = $by) as varchar) as code, cast(sum(households) as bigint) as compared,
             number_of(households, lacked) as was, number_of(households, lacks) as now
      from compared group by all) a
left join warehouse.place p on p.code = a.code
order by a.register_year, a.code
