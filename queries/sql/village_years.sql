-- Years in which villages were assessed, the latest first: one row per year, with its villages.
-- Tells: counts
-- Computes: villages
-- Years: fiscal
select assessed_year, count(distinct village_code) as villages from levels_now($filters, $reader, '')
group by assessed_year order by assessed_year desc
