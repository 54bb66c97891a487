-- One household by its opaque address: one row, or none when the reader may not see it.
-- Tells: cases
-- Computes: village_th, village_en, tambon_th, tambon_en, district_th, district_en, kept
-- kept are the registers that its district keeps in its year.
with h as materialized (
  select columns(lambda c: c <> 'home' and not starts_with(c, 'indicator_')) from visible_households($reader)
         where home = home_of($household)),
place as materialized (  -- its own three, not the nation's villages
  from warehouse.place where code in (select unnest([village_code, tambon_code, district_code]) from h))
select h.* exclude (entries), v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en,
       d.name_th as district_th, d.name_en as district_en,
       coalesce((select list(register order by register) from warehouse.kept k
                 where k.register_year = h.register_year and k.district_code = h.district_code), []) as kept
from h left join place v on v.code = village_code left join place t on t.code = tambon_code left
  join place d on d.code = district_code
