-- Assessments of villages with the level by the rules, what differs first: one row per assessment; `total` in all.
-- Tells: counts
-- Computes: forum, scored, in_all, passed, mains, main_known, main_passed, main_missing, mean_score, verdict, reckoned, agrees
-- Computes: next_aim, next_more, next_known, total, village_th, village_en, tambon_th, tambon_en
-- Years: fiscal
-- `state` is open (all) or differs. next_more is how many items more the next level asks for, null where its rule was not
-- found.
with matching as not materialized (
  select * from levels_now($filters, $reader, $instrument) where $state <> 'differs' or not agrees),
shown as (
  from matching order by coalesce(agrees, true), assessed_year desc, village_code, assessment_round = 'after', assessment_round
  limit $limit offset $offset)
select assessed_year, village_code, v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th,
       t.name_en as tambon_en, instrument, assessment_round, assessed_date, forum, assessed_households, scored, in_all,
       passed, mains, main_known, main_passed, main_missing, mean_score, stated_level, reckoned, verdict, agrees, next_aim,
       next_more, next_known, (select count(*) from matching) as total
from shown left join warehouse.place v on v.code = village_code left join warehouse.place t on t.code = tambon_code
order by coalesce(agrees, true), assessed_year desc, village_code, assessment_round = 'after', assessment_round
