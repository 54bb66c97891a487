-- What the date of the data rests on: one row per register year and district of which the reader sees the whole.
-- Tells: counts
-- Computes: district_code, name_th, name_en, near, households, later
-- near of the households with anything dated have news within 30 days before the date or since; later have news after it.
select a.register_year, a.district_code, p.name_th, p.name_en, a.as_of, a.near, a.households, a.later
from warehouse.as_of a
join (select distinct register_year, district_code from chosen_tallies($filters, $reader)) c using (register_year, district_code)
left join warehouse.place p on p.code = a.district_code
where is_in($reader['areas'], a.district_code)
order by a.register_year, a.district_code
