-- Villages assessed by one instrument, by year and level: one row per year and level or verdict, the latest first.
-- Tells: counts
-- Computes: verdict, reckoned, villages, assessed, differ, here
-- Years: fiscal
-- assessed are the villages of the year, here all that lie in the chosen places.
with judged as (from levels_now($filters, $reader, $instrument)),
years as (select assessed_year, count(distinct village_code) as assessed from judged group by all)
select assessed_year, verdict, reckoned, count(distinct village_code) as villages, assessed,
       count(distinct village_code) filter (not agrees) as differ,
       (select count(*) from villages_here($filters, $reader)) as here
from judged join years using (assessed_year)
group by all order by assessed_year desc, verdict, reckoned
