-- The rules this build was made under: one row per indicator, picklist value and constant, with its source.
-- Tells: words
select 'indicator' as kind, survey_round as list, number as code, name_th, name_en, dimension as "value", threshold, threshold_unit,
       source, confidence like '%not found%' as unconfirmed
from warehouse.definition.indicators
union all
select 'picklist', picklist, "value", name_th, name_en, '', '', '', source, source like 'unconfirmed%' from warehouse.definition.picklists
union all
select 'rule', rule, '', name_th, name_en, "value", '', unit, source, source like 'unconfirmed%' from warehouse.definition.rules
