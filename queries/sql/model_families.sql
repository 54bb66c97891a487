-- Families chosen as models, the latest first: one row per family; `total` in all.
-- Tells: cases
-- Computes: total, village_th, village_en
-- Years: fiscal
-- ref is its household in the poverty register, where its id is known and the household is the reader's to see; `household`
-- chooses the family of one.
with homes as (
  select household_id, arg_max(ref, register_year) as ref from chosen_households($filters, $reader) group by household_id)
select chosen_year, m.village_code, v.name_th as village_th, v.name_en as village_en, family_no, family_head, family_practice,
       homes.ref, count(*) over () as total
from chosen_model_familys($filters, $reader) m left join homes using (household_id)
left join warehouse.place v on v.code = m.village_code
where $household = '' or household_id in (
  select household_id from visible_households($reader) where home = home_of($household))
order by chosen_year desc, m.village_code, family_no limit $limit offset $offset
