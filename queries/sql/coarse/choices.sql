-- What each place filter can be set to: one row per year, province, district and subdistrict that has figures; no villages.
-- Tells: counts
-- Computes: filter, code, name_th, name_en, parent, households, certified
-- Figures are of the reader's area, whatever is chosen: texts, 0, "<5", or "≈ 30".
with figures as (
  select register_year, province_code, district_code, tambon_code, figure, measure from visible_figures($reader)
  where measure in ('households', 'certified')),
coded as (
  select 'year' as "filter", cast(register_year as varchar) as code, '' as parent, figure, measure from figures
  union all select 'province', province_code, '', figure, measure from figures
  union all select 'district', district_code, province_code, figure, measure from figures
  union all select 'tambon', tambon_code, district_code, figure, measure from figures)
select c."filter", c.code, p.name_th, p.name_en, c.parent,
       published(sum(figure) filter (measure = 'households')) as households,
         published(sum(figure) filter (measure = 'certified')) as certified
from coded c left join warehouse.place p on p.code = c.code
group by all order by c."filter", c.code
