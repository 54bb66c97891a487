-- What cases still lack: one row per case and item needed, with what was given in the same item and unit.
-- Tells: cases
-- Computes: tambon_th, tambon_en, needed, given, short
with given as (
  select home, item, unit, sum(quantity) as given
  from chosen_contributions($filters, $reader) group by all)
select n.ref, n.village_code, t.name_th as tambon_th, t.name_en as tambon_en, n.item, n.unit, n.quantity as needed,
       coalesce(given, 0) as given, greatest(n.quantity - coalesce(given, 0), 0) as short
from chosen_needs($filters, $reader) n left join given using (home, item, unit)
left join warehouse.place t on t.code = n.tambon_code
where $household = '' or n.home = home_of($household)
order by short > 0 desc, n.village_code, n.ref, n.item
