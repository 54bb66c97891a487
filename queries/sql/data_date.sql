-- What the date of the data rests on: one row per register year and district of the chosen households.
-- Tells: counts
-- Computes: district_code, name_th, name_en, near, households, later
-- households are those with anything dated, near those of them with news within 30 days before the date or since, later those
-- with news after it.
select t.*, p.name_th, p.name_en
from (select register_year, district_code, min(as_of) as as_of, number_of(near, true) as near,
             number_of(moved, true) as households, number_of(later, true) as later
      from chosen_tallies($filters, $reader) where as_of is not null group by all) t
left join warehouse.place p on p.code = t.district_code
order by t.register_year, t.district_code
