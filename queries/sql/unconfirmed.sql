-- What no source has confirmed of the rules of this build: one row per round or instrument, value, step, level or constant.
-- Tells: words
-- Computes: list, name_th, name_en, indicators
-- indicators is how many of a round's indicators are unconfirmed; null for whatever else. Of items of an instrument, by which
-- villages are assessed, "value" is how many.
select 'indicator' as kind, survey_round as list, '' as name_th, '' as name_en, '' as "value", count(*) as indicators
from warehouse.definition.indicators where confidence not in ('confirmed', 'seen') group by survey_round
union all
select 'picklist', picklist, name_th, name_en, '', null from warehouse.definition.picklists where not is_cited(source)
union all
select 'rule', rule, name_th, name_en, "value", null from warehouse.definition.rules where not is_cited(source)
union all
select 'step', template, name_th, name_en, '', null from warehouse.definition.case_steps where not is_cited(source)
union all
select 'item', i.instrument, p.name_th, p.name_en, cast(count(*) as varchar), null
from warehouse.definition.instrument_items i
join warehouse.definition.picklists p on p.picklist = 'instrument' and p."value" = i.instrument
where i.confidence not in ('confirmed', 'seen') group by all
union all
select 'level', l.instrument, p.name_th, p.name_en, '', null
from warehouse.definition.level_rules l
join warehouse.definition.picklists p on p.picklist = 'sufficiency_level' and p."value" = l.level
where l.confidence not in ('confirmed', 'seen')
