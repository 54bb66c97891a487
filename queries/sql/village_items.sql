-- Scores by item, village and year of one instrument, of the villages of one screen: one row each; `total` villages.
-- Tells: counts
-- Computes: position, aspect, main, confirmed, name_th, name_en, pass_at, by_share, total, village_th, village_en
-- Years: fiscal
-- by_share is the score that the share of households comes to, of items that are scored by it; null of others.
with villages as (
  select village_code, count(*) over () as total from assessed($filters, $reader, $instrument)
  group by village_code order by village_code limit $limit offset $offset)
select s.assessed_year, s.village_code, v.name_th as village_th, v.name_en as village_en, s.assessment_round, s.item,
  s.item_name,
       s.position, s.aspect, s.main, s.confirmed, s.name_th, s.name_en, s.item_score, s.item_households, s.assessed_households,
       i.pass_at, case when one_up_to is null or coalesce(assessed_households, 0) = 0 then null
            else 1 + cast(100 * item_households > one_up_to * assessed_households as int)
              + cast(100 * item_households > two_up_to * assessed_households as int) end as by_share, total
from item_scores($filters, $reader, $instrument) s join villages using (village_code)
join (select instrument, pass_at from instruments_known()) i using (instrument)
left join warehouse.place v on v.code = s.village_code
order by s.position, s.item, s.village_code, s.assessed_year, s.assessment_round
