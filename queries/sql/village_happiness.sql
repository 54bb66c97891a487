-- Gross village happiness before and after: one row per year, village and component, the mean of its items; `total` villages.
-- Tells: counts
-- Computes: aspect, name_th, name_en, before, after, villages, total, village_th, village_en
-- Years: fiscal
-- The village '' comes first: the mean of all that were scored both before and after, which are `villages`.
with pairs as (
  select assessed_year, village_code, aspect, avg(item_score) filter (assessment_round = 'before') as before,
         avg(item_score) filter (assessment_round in ('after', 'once')) as after
  from item_scores($filters, $reader) where instrument = 'gvh' group by all),
villages as (
  select village_code, assessed_year, count(*) over () as total from pairs group by village_code, assessed_year
  order by assessed_year desc, village_code limit $limit offset $offset),
told as (
  select p.*, null::bigint as villages, total from pairs p join villages using (village_code, assessed_year)
  union all
  select assessed_year, '', aspect, avg(before), avg(after), count(*), (select max(total) from villages)
  from pairs where before is not null and after is not null group by all)
select assessed_year, village_code, v.name_th as village_th, v.name_en as village_en, aspect, coalesce(a.name_th,
  aspect) as name_th,
       coalesce(a.name_en, aspect) as name_en, before, after, villages, total
from told left join (from warehouse.definition.instrument_aspects where instrument = 'gvh') a using (aspect)
left join warehouse.place v on v.code = village_code
order by assessed_year desc, village_code, aspect
