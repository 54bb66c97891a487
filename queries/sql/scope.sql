-- Whose data and as of when: one row over the chosen households.
-- Tells: counts
select count(*) as households, count(*) filter (certification = 'certified') as target_households,
       count(latitude + longitude) as located,
       min(as_of) as as_of_first, max(as_of) as as_of_last,
       list(distinct register_year order by register_year) as register_years,
       list(distinct survey_year order by survey_year) filter (survey_year is not null) as survey_years
from chosen_households($filters, $reader)
