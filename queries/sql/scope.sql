-- Whose data and as of when: one row over the chosen households.
-- Tells: counts
-- Computes: households, target_households, located, as_of_first, as_of_last, register_years, survey_years
select number_of(households, true) as households, number_of(households, certification = 'certified') as target_households,
       number_of(located, true) as located, min(as_of) as as_of_first, max(as_of) as as_of_last,
       list(distinct register_year order by register_year) as register_years,
       list(distinct survey_year order by survey_year) filter (survey_year is not null) as survey_years
from chosen_tallies($filters, $reader)
