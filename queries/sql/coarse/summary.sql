-- Households, people and target households as published figures: one row per slice of one breakdown by year or place.
-- Tells: counts
-- Computes: code, name_th, name_en, households, target_households, people_known, planned, closed, plan_known, help_known
-- Computes: certification_known
-- Each is a text: 0, "<5", or "≈ 30"; null is no data. Sums of figures, never of households.
select m.code, place.name_th, place.name_en, m.* exclude (code)
from (
  select cast(columns(lambda c: c = $by) as varchar) as code,
         published(sum(figure) filter (measure = 'households')) as households,
         published(sum(figure) filter (measure = 'people')) as people,
         published(sum(figure) filter (measure = 'certified')) as target_households,
         published(sum(figure) filter (measure = 'target_people')) as target_people,
         published(sum(figure) filter (measure = 'people_known')) as people_known,
         published(sum(figure) filter (measure = 'certification_known')) as certification_known,
         published(sum(figure) filter (measure = 'planned')) as planned,
         published(sum(figure) filter (measure = 'plan_known')) as plan_known,
         published(sum(figure) filter (measure = 'help_known')) as help_known,
         published(sum(figure) filter (measure = 'helped')) as helped,
         published(sum(figure) filter (measure = 'closed')) as closed
  from (select *, 'total' as total from chosen_figures($filters, $reader)) group by all) m
left join warehouse.place on place.code = m.code
order by m.code
