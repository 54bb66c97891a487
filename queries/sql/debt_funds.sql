-- Village funds of the latest report, by village: one row per village, `total` in all. Of what can be recorded.
-- Tells: cases
-- Computes: thing, village_th, village_en, tambon_th, tambon_en, settled_on, still_to_follow, total
-- Years: fiscal
-- still_to_follow is empty for a village without a problem.
with day as (select debt_day($filters, $reader, '') as on_day)
select concat('debt/', fiscal_year) as thing, fiscal_year, l.village_code, v.name_th as village_th, v.name_en as village_en,
       t.name_th as tambon_th, t.name_en as tambon_en, debt_cause, settled_on, still_to_follow, count(*) over () as total
from debt_latest($filters, $reader) l
left join debt_followed($filters, $reader, (select on_day from day)) f using (fiscal_year, village_code)
left join warehouse.place v on v.code = l.village_code left join warehouse.place t on t.code = l.tambon_code
order by l.village_code limit $limit offset $offset
