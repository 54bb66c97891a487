-- Villages by level for the map: one row per year and area (of the breakdown `by`) of which villages were assessed.
-- Tells: counts
-- Computes: code, name_th, name_en, as_of, assessed, at_first, at_second, at_third, first_known, second_known, third_known
-- Years: fiscal
-- at_first are villages that reached the first level or more; *_known are the assessed ones, null where the rule of a level
-- was not found.
with villages as (
  select assessed_year as register_year, village_code, tambon_code, district_code, village_code[1:2] as province_code,
    'total' as total,
         max(at_level) as at_level, max(assessed_date) as assessed_date
  from levels_now($filters, $reader, 'sufficiency_23') where at_level is not null group by all),
known as (
  select max(cast(position as int)) filter (at_least <> '') as highest from warehouse.definition.level_rules
  where instrument = 'sufficiency_23')
select a.*, p.name_th, p.name_en from (
  select register_year, cast(columns(lambda c: c = $by) as varchar) as code, max(assessed_date) as as_of, count(*) as assessed,
         count(*) filter (at_level >= 1) as at_first, count(*) filter (at_level >= 2) as at_second,
         count(*) filter (at_level >= 3) as at_third, if(highest >= 1, assessed, null) as first_known,
         if(highest >= 2, assessed, null) as second_known, if(highest >= 3, assessed, null) as third_known
  from villages, known group by register_year, code, highest) a
left join warehouse.place p on p.code = a.code order by a.register_year, a.code
