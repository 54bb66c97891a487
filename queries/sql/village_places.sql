-- Districts of which assessments of villages are kept, the most villages first: one row per district; of all places.
-- Tells: counts
-- Computes: code, name_th, name_en, villages
-- Years: fiscal
select district_code as code, p.name_th, p.name_en, count(distinct village_code) as villages
from levels_now($filters, $reader, '') a left join warehouse.place p on p.code = a.district_code
group by all order by villages desc, code
