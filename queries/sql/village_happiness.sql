-- Gross village happiness before and after: one row per year, village and component, the mean of its items; `total` villages.
-- Tells: counts
-- Computes: aspect, name_th, name_en, before, after, mean_before, mean_after, villages, total, village_th, village_en
-- Years: fiscal
-- mean_before and mean_after are of all villages of the year that were scored both times, which are `villages`.
with pairs as (
  select assessed_year, village_code, aspect, avg(item_score) filter (assessment_round = 'before') as before,
         avg(item_score) filter (assessment_round in ('after', 'once')) as after
  from items_now($filters, $reader, 'gvh') group by all),
meant as (
  select assessed_year, aspect, avg(before) as mean_before, avg(after) as mean_after, count(*) as villages
  from pairs where before is not null and after is not null group by all),
villages as (
  select village_code, assessed_year, count(*) over () as total from pairs group by village_code, assessed_year
  order by assessed_year desc, village_code limit $limit offset $offset)
select assessed_year, village_code, v.name_th as village_th, v.name_en as village_en, aspect,
       coalesce(a.name_th, aspect) as name_th, coalesce(a.name_en, aspect) as name_en, before, after, mean_before, mean_after,
       coalesce(m.villages, 0) as villages, total
from pairs join villages using (village_code, assessed_year) left join meant m using (assessed_year, aspect)
left join (from warehouse.definition.instrument_aspects where instrument = 'gvh') a using (aspect)
left join warehouse.place v on v.code = village_code
order by assessed_year desc, village_code, aspect
