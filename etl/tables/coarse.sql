-- One row per register year, subdistrict and measure: the only numbers that a role with coarse counts is ever told or given
-- sums of. figure is 0, half of the small cell (for 1 up to below it), or a multiple of it, at least one: the exact count is
-- not kept here. Measures are chains of parts within wholes (households, known, deprived), each part without its complement: of
-- a whole with all its parts a small one could be worked out. "Deprived in any" is a sum of overlapping parts, "overdue"
-- excludes "closed": left out. What a district does not keep has no figure; *_known are the whole where it does.
-- People are told only where not fewer than the small cell of households are behind them: sixty people tell of more than one
-- home.
-- Reads: out.tally
-- Writes: out.coarse
create table out.coarse as
with counted as (
  select register_year, province_code, district_code, tambon_code, max(as_of) as as_of,
         sum(households) as households, sum(people) as people,
         sum(people_known) as people_known, sum(target_people) as target_people,
         number_of(households, health <> 'no_data') as health_known, number_of(households, health = 'deprived') as health,
         number_of(households, living <> 'no_data') as living_known, number_of(households, living = 'deprived') as living,
         number_of(households, education <> 'no_data') as education_known,
           number_of(households, education = 'deprived') as education,
         number_of(households, income <> 'no_data') as income_known, number_of(households, income = 'deprived') as income,
         number_of(households, access <> 'no_data') as access_known, number_of(households, access = 'deprived') as access,
         if(sum(tally.certification_known) > 0, sum(households), null) as certification_known,
         if(sum(tally.certification_known) > 0, number_of(households, certification = 'certified'), null) as certified,
         if(bool_or(plan <> 'not_kept'), certified, null) as plan_known,
         if(bool_or(plan <> 'not_kept'),
            number_of(households, certification = 'certified' and plan not in ('none', 'not_kept')), null) as planned,
         if(bool_or(helped is not null), certified, null) as help_known,
         if(bool_or(helped is not null), number_of(households, certification = 'certified' and helped), null) as helped,
         if(sum(tally.certification_known) > 0, number_of(households, certification = 'certified' and "case" = 'closed'),
            null) as closed
  from out.tally group by all),
guarded as (
  select * replace (if(households >= {small_cell}, people, null) as people,
                    if(households >= {small_cell}, people_known, null) as people_known,
                    if(households >= {small_cell} and (target_people < {small_cell}
                      or greatest(health, living, education, income, access) >= {small_cell}),
                       target_people, null) as target_people)
  from counted),
leaf as (unpivot guarded on columns(* exclude (register_year, province_code, district_code, tambon_code, as_of))
         into name measure value exact)
select register_year, province_code, district_code, tambon_code, as_of, measure,
       cast(case when exact = 0 then 0 when exact < {small_cell} then {small_cell} / 2
                 else greatest({small_cell}, {small_cell} * round(exact / {small_cell})) end as double) as figure
from leaf order by register_year, tambon_code, measure;
