-- What the lights of some households rest on: one row per household and dimension, its answers and measured values as one text.
with h as materialized (
  select * from visible_households($reader) where home in (from homes_of($refs))),
lit as (
  select ref, survey_year, survey_round, to_json(h) as said, unnest([
           {'dimension': 'health', 'state': health, 'basis': health_basis},
           {'dimension': 'living', 'state': living, 'basis': living_basis},
           {'dimension': 'education', 'state': education, 'basis': education_basis},
           {'dimension': 'income', 'state': income, 'basis': income_basis},
           {'dimension': 'access', 'state': access, 'basis': access_basis}], recursive := true)
  from h)
select ref, concat('answers_', lit.dimension) as input, 'household' as register, '' as record,
       concat_ws('|', survey_year, if(basis = 'flag', state, ''), string_agg(concat(i.number, '=', coalesce(
           json_extract_string(said, nullif(i.measure, '')), json_extract_string(said, concat('indicator_', i.number)))), ' '
         order by cast(i.number as int))) as said
from lit left join warehouse.definition.indicators i
  on i.dimension = lit.dimension and i.survey_round = lit.survey_round
group by lit.dimension, ref, survey_year, basis, state
