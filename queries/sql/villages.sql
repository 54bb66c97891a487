-- Villages of the places chosen, of the reader's areas: one row per village, `total` in all.
-- Tells: counts
-- Computes: name_th, name_en, tambon_th, tambon_en, total
-- Years: fiscal
select village_code, v.name_th, v.name_en, t.name_th as tambon_th, t.name_en as tambon_en, count(*) over () as total
from villages_here($filters, $reader) v left join warehouse.place t on t.code = v.tambon_code
order by village_code limit $limit
