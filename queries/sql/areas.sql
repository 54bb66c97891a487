-- What the map shows: one row per register year and area (of the breakdown `by`) with listed households.
-- Tells: counts
-- Computes: code, name_th, name_en, listed, households, any, any_known, {dimension}_known, people_known, certified, planned
-- Computes: helped, closed, open, outside, certification_known, plan_known, help_known, source_known
-- listed are all households of the place, the other figures count those chosen; *_known are households with data (of a
-- plan or help: certified ones where that is kept; of certification: listed ones), people_known the listed members where
-- welfare card data exist, open what can be overdue: the denominators of definitions/measures.csv.
with listed as (
  select register_year, cast(columns(lambda c: c = $by) as varchar) as code, cast(sum(households) as bigint) as listed,
         cast(sum(certification_known) as bigint) as certification_known
  from (select *, 'total' as total from placed_tallies($filters, $reader)) group by all),
counted as (
  select register_year, cast(columns(lambda c: c = $by) as varchar) as code, cast(sum(households) as bigint) as households,
         number_of(households, deprived > 0) as "any",
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
         cast(sum(open_dated) as bigint) as open,
         number_of(households, certification = 'certified' and "case" <> 'closed' and overdue) as overdue,
         cast(sum(plan_known) as bigint) as plan_known, cast(sum(help_known) as bigint) as help_known,
         number_of(households, source = 'outside') as outside, number_of(households, source <> 'unstated') as source_known
  from (select *, 'total' as total from chosen_tallies($filters, $reader)) group by all)
select l.register_year, l.code, p.name_th, p.name_en, l.listed, l.certification_known, c.* exclude (register_year, code)
from listed l left join counted c using (register_year, code) left join warehouse.place p on p.code = l.code
order by l.register_year, l.code
