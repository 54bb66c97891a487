-- One row per register year, subdistrict and measure: the only numbers that a role with coarse counts is ever told or given sums of.
-- figure is 0, half of the small cell (for 1 up to below it), or a multiple of it, at least one: the exact count is not kept here.
-- Measures are chains of parts within wholes (households, known, deprived), each part without its complement: of a whole with all
-- its parts a small one could be worked out. "Deprived in any" is a sum of overlapping parts, "overdue" excludes "closed": left out.
-- People are told only where not fewer than the small cell of households are behind them: sixty people tell of more than one home.
create table out.coarse as
with counted as (
  select register_year, province_code, district_code, tambon_code, max(as_of) as as_of,
         count(*) as households, cast(sum(people) as bigint) as people,
         cast(sum(listed_members) filter (target_people is not null) as bigint) as people_known, cast(sum(target_people) as bigint) as target_people,
         count(*) filter (health <> 'no_data') as health_known, count(*) filter (health = 'deprived') as health,
         count(*) filter (living <> 'no_data') as living_known, count(*) filter (living = 'deprived') as living,
         count(*) filter (education <> 'no_data') as education_known, count(*) filter (education = 'deprived') as education,
         count(*) filter (income <> 'no_data') as income_known, count(*) filter (income = 'deprived') as income,
         count(*) filter (access <> 'no_data') as access_known, count(*) filter (access = 'deprived') as access,
         count(*) filter (certification = 'certified') as certified,
         count(*) filter (certification = 'certified' and plan <> 'none') as planned,
         count(*) filter (certification = 'certified' and helped) as helped,
         count(*) filter (certification = 'certified' and "case" = 'closed') as closed
  from out.household group by all),
guarded as (
  select * replace (if(households >= {small_cell}, people, null) as people, if(households >= {small_cell}, people_known, null) as people_known,
                    if(households >= {small_cell} and (target_people < {small_cell} or greatest(health, living, education, income, access) >= {small_cell}),
                       target_people, null) as target_people)
  from counted),
leaf as (unpivot guarded on columns(* exclude (register_year, province_code, district_code, tambon_code, as_of)) into name measure value exact)
select register_year, province_code, district_code, tambon_code, as_of, measure,
       cast(case when exact = 0 then 0 when exact < {small_cell} then {small_cell} / 2
                 else greatest({small_cell}, {small_cell} * round(exact / {small_cell})) end as double) as figure
from leaf order by register_year, tambon_code, measure;
