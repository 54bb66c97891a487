-- Whose data and as of when, as published figures: one row over the chosen years and places.
-- Tells: counts
-- Computes: households, target_households, as_of_first, as_of_last, register_years
select published(sum(figure) filter (measure = 'households')) as households,
       published(sum(figure) filter (measure = 'certified')) as target_households,
       min(as_of) as as_of_first, max(as_of) as as_of_last,
         list(distinct register_year order by register_year) as register_years
from chosen_figures($filters, $reader)
