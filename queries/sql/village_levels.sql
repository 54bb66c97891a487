-- Assessments of villages with the level by the rules, what differs first: one row per assessment; `total` in all.
-- Tells: counts
-- Computes: forum, scored, in_all, passed, mains, main_known, main_passed, main_missing, mean_score, verdict, reckoned, agrees
-- Computes: next_aim, next_more, next_known, total, village_th, village_en, tambon_th, tambon_en
-- Years: fiscal
-- `state` is open (all) or differs. next_more is how many items more the next level asks for, null where its rule was not
-- found.
with matching as (
  select *, count(*) over () as total from reckoned($filters, $reader, $instrument)
  where $state <> 'differs' or not agrees),
next as (
  select at_level, k.instrument, arg_min(k.level, k.position) as next_level, arg_min(coalesce(k.at_least, -1),
    k.position) as least
  from (select distinct at_level, instrument from matching where at_level is not null) m
  join levels_known() k on k.instrument = m.instrument and k.position > m.at_level group by all)
select assessed_year, village_code, v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th,
       t.name_en as tambon_en, instrument, assessment_round, assessed_date, forum, assessed_households, scored, items as in_all,
         passed, mains,
       main_known, main_passed, array_to_string([m.item for m in list_sort(main_missing)], ', ') as main_missing, mean_score,
         stated_level,
         matching.level as reckoned, verdict, agrees,
       next_level as next_aim, if(least = -1, null, greatest(0, least - passed)) as next_more, least <> -1 as next_known, total
from matching left join next using (at_level, instrument) left join warehouse.place v on v.code = village_code
left join warehouse.place t on t.code = tambon_code
order by coalesce(agrees, true), assessed_year desc, village_code, assessment_round = 'after',
  assessment_round limit $limit offset $offset
