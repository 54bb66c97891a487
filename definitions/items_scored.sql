-- Items that were scored in the assessments {assessed}, of {scores}: one row per item, with what the definitions know of it;
-- aspect and main are theirs, else those of the office's form. by_share is the score that the share of households comes to,
-- of items that are scored by it; null of others.
select a.assessed_year, a.village_code, a.instrument, a.assessment_round, a.assessed_households, s.item, s.item_score,
       s.item_households, s.item_name, coalesce(d.position, 1000) as position,
       coalesce(nullif(d.aspect, ''), s.item_aspect, if(contains(s.item, '.'), split_part(s.item, '.', 1), null)) as aspect,
       coalesce(nullif(d.main, ''), s.item_main) as main, d.name_th, d.name_en,
       coalesce(d.confidence in ('confirmed', 'seen'), false) as confirmed, i.pass_at,
       case when one_up_to is null or coalesce(a.assessed_households, 0) = 0 then null
            else 1 + cast(100 * item_households > one_up_to * a.assessed_households as int)
              + cast(100 * item_households > two_up_to * a.assessed_households as int) end as by_share
from {assessed} a join {scores} s using (assessed_year, village_code, instrument, assessment_round)
join (select instrument, cast(nullif(pass_at, '') as double) as pass_at from {definition}.instruments) i using (instrument)
left join (
  select instrument, item, cast(position as int) as position, aspect, main, name_th, name_en, confidence,
         cast(nullif(one_up_to, '') as double) as one_up_to, cast(nullif(two_up_to, '') as double) as two_up_to
  from {definition}.instrument_items) d on d.instrument = s.instrument and d.item = s.item
