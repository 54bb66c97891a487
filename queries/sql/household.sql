-- One household by its opaque address: one row, or none when the reader may not see it.
-- Tells: cases
select columns(lambda c: not starts_with(c, 'indicator_'))
from visible_households($reader)
left join (select code as village_code, name_th as village_th, name_en as village_en from warehouse.place) using (village_code)
left join (select code as tambon_code, name_th as tambon_th, name_en as tambon_en from warehouse.place) using (tambon_code)
left join (select code as district_code, name_th as district_th, name_en as district_en from warehouse.place) using (district_code)
where ref = $household
