-- Village funds of the latest report, by village: one row per village, `total` in all. Of what can be recorded.
-- Tells: cases
-- Computes: thing, village_th, village_en, tambon_th, tambon_en, settled_on, still_to_follow, total
-- Years: fiscal
-- still_to_follow is empty for a village without a problem.
with day as (from debt_days($filters, $reader, ''))
select concat('debt/', fiscal_year) as thing, fiscal_year, s.village_code, v.name_th as village_th, v.name_en as village_en,
       t.name_th as tambon_th, t.name_en as tambon_en, debt_cause, settled_on, still_to_follow, count(*) over () as total
from debt_standing($filters, $reader, (select on_day from day)) s
left join warehouse.place v on v.code = s.village_code left join warehouse.place t on t.code = s.tambon_code
order by s.village_code limit $limit offset $offset
