-- The rules this build was made under: one row per indicator, picklist value and constant, with its source.
-- Tells: words
-- Computes: list, code, name_th, name_en, threshold, threshold_unit, unconfirmed
select 'indicator' as kind, survey_round as list, number as code, name_th, name_en, dimension as "value", threshold,
       threshold_unit, source, confidence not in ('confirmed', 'seen') as unconfirmed
from warehouse.definition.indicators
union all
select 'picklist', picklist, "value", name_th, name_en, '', '', '', source, not is_cited(source)
       from warehouse.definition.picklists
union all
select 'rule', rule, '', name_th, name_en, "value", '', unit, source, not is_cited(source) from warehouse.definition.rules
