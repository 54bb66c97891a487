-- Scores by item, village and year of one instrument, of the villages of one screen: one row each; `total` villages.
-- Tells: counts
-- Computes: position, aspect, main, confirmed, name_th, name_en, pass_at, by_share, total, village_th, village_en
-- Years: fiscal
-- by_share is the score that the share of households comes to, of items that are scored by it; null of others.
with villages as (
  select village_code from levels_now($filters, $reader, $instrument) group by village_code),
shown as (from villages order by village_code limit $limit offset $offset)
select s.assessed_year, s.village_code, v.name_th as village_th, v.name_en as village_en, s.assessment_round, s.item,
       s.item_name, s.position, s.aspect, s.main, s.confirmed, s.name_th, s.name_en, s.item_score, s.item_households,
       s.assessed_households, s.pass_at, s.by_share, (select count(*) from villages) as total
from items_now($filters, $reader, $instrument) s semi join shown using (village_code)
left join warehouse.place v on v.code = s.village_code
order by s.position, s.item, s.village_code, s.assessed_year, s.assessment_round
