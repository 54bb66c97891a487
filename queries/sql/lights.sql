-- What each dimension of one household rests on: one row per dimension and indicator of its survey round.
-- Tells: cases
-- Computes: dimension, basis, checked_on, number, name_th, name_en, result, measured, threshold, threshold_unit
-- result is 1 pass, 0 fail, null not applicable or not answered; measured and threshold stand where a value decided.
with h as (select *, unnest([{'dimension': 'health', 'state': health, 'basis': health_basis, 'checked_on': health_checked_on},
              {'dimension': 'living', 'state': living, 'basis': living_basis, 'checked_on': living_checked_on},
              {'dimension': 'education', 'state': education, 'basis': education_basis, 'checked_on': education_checked_on},
              {'dimension': 'income', 'state': income, 'basis': income_basis, 'checked_on': income_checked_on},
              {'dimension': 'access', 'state': access, 'basis': access_basis, 'checked_on': access_checked_on}],
                recursive := true)
           from visible_households($reader) where home = home_of($household)),
answer as (unpivot (select columns(lambda c: c like 'indicator_%') from h limit 1) on * into name indicator value result)
select d.dimension, h.state, h.basis, h.checked_on, h.survey_year, cast(i.number as int) as number, i.name_th, i.name_en,
       answer.result, try_cast(json_extract_string(to_json(h), i.measure) as double) as measured,
       cast(nullif(i.threshold, '') as double) as threshold, i.threshold_unit
from warehouse.definition.dimensions d join h on h.dimension = d.dimension
left join warehouse.definition.indicators i on i.dimension = d.dimension and i.survey_round = h.survey_round
left join answer on answer.indicator = concat('indicator_', i.number)
order by cast(d.position as int), cast(i.number as int)
