-- Districts of which village funds are reported: one row per district, the largest first; whatever places are chosen.
-- Tells: counts
-- Computes: code, name_th, name_en, villages
-- Years: fiscal
select district_code as code, p.name_th, p.name_en, count(distinct village_code) as villages
from chosen_debt_funds($filters, $reader) f left join warehouse.place p on p.code = f.district_code
group by all order by villages desc, code
