-- What the map shows, as published figures: one row per register year and area (of the breakdown `by`, down to subdistricts).
-- Tells: counts
-- Computes: code, name_th, name_en, listed, households, certified, {dimension}_known, people_known, planned, helped, closed
-- Computes: certification_known, plan_known, help_known
-- Each is a text: 0, "<5", or "≈ 30"; null is no data. The columns are those of the exact question that are published.
select m.register_year, m.code, p.name_th, p.name_en, households as listed, m.* exclude (register_year, code)
from (pivot (select register_year, cast(columns(lambda c: c = $by) as varchar) as code, measure, figure
             from (select *, 'total' as total from chosen_figures($filters, $reader)))
      on measure in ('households', 'certification_known', 'certified', 'plan_known', 'help_known',
        'health', 'health_known', 'living', 'living_known', 'education',
        'education_known', 'income',
                     'income_known', 'access', 'access_known', 'people', 'target_people', 'people_known', 'planned', 'helped',
                       'closed')
      using published(sum(figure)) group by register_year, code) m
left join warehouse.place p on p.code = m.code
order by m.register_year, m.code
