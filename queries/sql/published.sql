-- What TPMAP published beside what the registers say of the same area and year: one row per area, year and figure.
-- Tells: counts
-- Computes: name_th, name_en, figure, published, here, covered, tambons, total
-- `covered` of `tambons` subdistricts of the area have households here; a register of a part cannot add up to the whole.
with area as (
  select distinct register_year, area_code from warehouse.published),
home as (
  select a.area_code, h.* from area a join visible_households($reader) h
    on h.register_year = a.register_year and starts_with(h.tambon_code, a.area_code)),
counted as (
  select register_year, area_code, covered, unnest(figures, recursive := true) from (
  select register_year, area_code, count(distinct tambon_code) as covered,
         [{'figure': 'households', 'here': cast(count(*) as double)},
                 {'figure': 'people', 'here': cast(sum(people) as double)},
                 {'figure': 'poor_households',
                   'here': cast(if(count(deprived) > 0, count(*) filter (deprived > 0), null) as double)},
                 {'figure': 'target_people', 'here': cast(sum(target_people) as double)},
                 {'figure': 'target_health', 'here': cast(sum(target_people) filter (health = 'deprived') as double)},
                 {'figure': 'target_living', 'here': cast(sum(target_people) filter (living = 'deprived') as double)},
                 {'figure': 'target_education', 'here': cast(sum(target_people) filter (education = 'deprived') as double)},
                 {'figure': 'target_income', 'here': cast(sum(target_people) filter (income = 'deprived') as double)},
                 {'figure': 'target_access',
                   'here': cast(sum(target_people) filter (access = 'deprived') as double)}] as figures
  from home group by register_year, area_code))
select c.register_year, c.area_code, p.name_th, p.name_en, c.figure, f."value" as published, c.here, c.covered,
       (select count(*) from warehouse.place t where t.level = 'tambon' and starts_with(t.code, c.area_code)) as tambons,
       count(*) over () as total
from counted c join warehouse.published f on f.register_year = c.register_year and f.area_code = c.area_code
  and f.figure = c.figure
join warehouse.place p on p.code = c.area_code
order by c.register_year desc, c.area_code,
         list_position(['households', 'people', 'poor_households', 'target_people', 'target_health', 'target_living',
           'target_education', 'target_income', 'target_access'], c.figure)
limit $limit
