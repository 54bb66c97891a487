-- Density: one row per register year and hexagon of `size` (degrees of Mercator, middle to corner) with listed households.
-- Tells: counts
-- Computes: x, y, places, listed, households, any, any_known, {dimension}_known, people_known, certified, planned, helped
-- Computes: closed, open, outside, certification_known, plan_known, help_known, source_known
-- x, y is its middle in degrees, places are its villages. Households are counted at the point of their village, so no home can
-- be told; x and y are null for those of villages without one. The figures are those of areas.sql, which they add up to.
with village as (
  select register_year, village_code, cast(sum(all_households) as bigint) as listed,
         cast(sum(certification_known) as bigint) as certification_known,
         cast(sum(households) as bigint) as households, number_of(households, deprived > 0) as "any",
         number_of(households, any_known(health, living, education, income, access)) as any_known,
         number_of(households, health = 'deprived') as health, number_of(households, health <> 'no_data') as health_known,
         number_of(households, living = 'deprived') as living, number_of(households, living <> 'no_data') as living_known,
         number_of(households, education = 'deprived') as education,
         number_of(households, education <> 'no_data') as education_known, number_of(households, income = 'deprived') as income,
         number_of(households, income <> 'no_data') as income_known, number_of(households, access = 'deprived') as access,
         number_of(households, access <> 'no_data') as access_known, cast(sum(target_people) as bigint) as target_people,
         cast(sum(people_known) as bigint) as people_known, number_of(households, certification = 'certified') as certified,
         number_of(households, certification = 'certified' and plan not in ('none', 'not_kept')) as planned,
         number_of(households, certification = 'certified' and helped) as helped,
         number_of(households, certification = 'certified' and "case" = 'closed') as closed,
         number_of(households, certification = 'certified' and "case" <> 'closed' and overdue is not null) as open,
         number_of(households, certification = 'certified' and "case" <> 'closed' and overdue) as overdue,
         number_of(households, certification = 'certified' and plan <> 'not_kept') as plan_known,
         number_of(households, certification = 'certified' and helped is not null) as help_known,
         number_of(households, source = 'outside') as outside, number_of(households, source <> 'unstated') as source_known
  from (select * replace (if(is_chosen, households, 0) as households, if(is_chosen, target_people, null) as target_people,
                          if(is_chosen, people_known, null) as people_known), households as all_households
        from marked_tallies($filters, $reader))
  group by all)
select register_year, x, y, count(*) as places,
       cast(sum(columns(* exclude (register_year, village_code, code, x, y))) as bigint)
from village left join hexagons_of('village', $size) on code = village_code
group by register_year, x, y order by register_year, x, y
