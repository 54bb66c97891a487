-- Density as published figures: one row per register year and hexagon of `size` (degrees of Mercator, middle to corner).
-- Tells: counts
-- Computes: x, y, places, listed, households, certified, {dimension}_known, people_known, planned, helped, closed
-- Computes: certification_known, plan_known, help_known
-- x, y is its middle in degrees, places are its subdistricts: figures are kept by no finer place, and counted at the point of
-- theirs; x and y are null for those of subdistricts without one. Each is a text: 0, "<5", or "≈ 30"; null is no data.
with placed as (
  select register_year, x, y, tambon_code, measure, figure
  from chosen_figures($filters, $reader) left join hexagons_of('tambon', $size) on code = tambon_code),
counted as (select register_year, x, y, count(distinct tambon_code) as places from placed group by all),
figures as (
  pivot (select * exclude (tambon_code) from placed)
  on measure in ('households', 'certification_known', 'certified', 'plan_known', 'help_known',
                 'health', 'health_known', 'living', 'living_known', 'education', 'education_known',
                 'income', 'income_known', 'access', 'access_known', 'people', 'target_people', 'people_known', 'planned',
                 'helped', 'closed')
  using published(sum(figure)) group by register_year, x, y)
select c.*, households as listed, f.* exclude (register_year, x, y)
from counted c join figures f
  on c.register_year = f.register_year and c.x is not distinct from f.x and c.y is not distinct from f.y
order by all
