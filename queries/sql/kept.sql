-- Which registers are kept where the chosen households are: one row per register whose records hang on households.
-- Tells: counts
-- Computes: register, households, chosen
-- households are those chosen in districts that keep it in their year, of all chosen. Where they are fewer, "none" is said of
-- them alone; a register that nobody keeps has 0.
with place as (
  select register_year, district_code, cast(sum(households) as bigint) as households
  from chosen_tallies($filters, $reader) group by all)
select r.register, cast(coalesce(sum(p.households), 0) as bigint) as households,
       (select cast(coalesce(sum(households), 0) as bigint) from place) as chosen
from warehouse.definition.registers r
left join warehouse.kept k on k.register = r.register
left join place p on p.register_year = k.register_year and p.district_code = k.district_code
where r.parent = 'household' group by r.register order by r.register
