-- What each place filter can be set to: one row per year, province, district, tambon and village with households or listed.
-- Tells: counts
-- Computes: filter, code, name_th, name_en, parent, households, certified
-- Villages only of the chosen tambons; counts are of the reader's area, whatever else is chosen.
with tallies as (
  select register_year, province_code, district_code, tambon_code, village_code, cast(sum(households) as bigint) as households,
         number_of(households, certification = 'certified') as certified
  from visible_tallies($reader) group by all),
coded as (
  select 'year' as "filter", cast(register_year as varchar) as code, '' as parent, sum(households) as households,
         sum(certified) as certified from tallies group by all
  union all select 'province', province_code, '', sum(households), sum(certified) from tallies group by all
  union all select 'district', district_code, province_code, sum(households), sum(certified) from tallies group by all
  union all select 'tambon', tambon_code, district_code, sum(households), sum(certified) from tallies group by all
  union all
  select 'village', p.code, p.parent, coalesce(sum(households), 0), coalesce(sum(certified), 0)
  from warehouse.place p left join tallies on village_code = p.code
  where p.level = 'village' and list_contains($filters['tambon'], p.parent) group by all)
select c."filter", c.code, p.name_th, p.name_en, c.parent, cast(c.households as bigint) as households,
       cast(c.certified as bigint) as certified
from coded c left join warehouse.place p on p.code = c.code
order by c."filter", c.code
