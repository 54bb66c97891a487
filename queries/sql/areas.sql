-- What the map shows: one row per register year and area (of the breakdown `by`) with listed households.
-- Tells: counts
-- listed are all households of the place, the other figures count those chosen; *_known are households with data, people_known
-- the listed members where welfare cards are known: the denominators of definitions/measures.csv.
with listed as (
  select register_year, cast(columns(lambda c: c = $by) as varchar) as code, count(*) as listed
  from (select *, 'total' as total from placed_households($filters, $reader)) group by all),
counted as (
  select register_year, cast(columns(lambda c: c = $by) as varchar) as code, count(*) as households,
         count(*) filter (deprived > 0) as "any",
         count(*) filter (any_known(health, living, education, income, access)) as any_known,
         count(*) filter (health = 'deprived') as health, count(*) filter (health <> 'no_data') as health_known,
         count(*) filter (living = 'deprived') as living, count(*) filter (living <> 'no_data') as living_known,
         count(*) filter (education = 'deprived') as education, count(*) filter (education <> 'no_data') as education_known,
         count(*) filter (income = 'deprived') as income, count(*) filter (income <> 'no_data') as income_known,
         count(*) filter (access = 'deprived') as access, count(*) filter (access <> 'no_data') as access_known,
         cast(sum(target_people) as bigint) as target_people, cast(sum(listed_members) filter (target_people is not null) as bigint) as people_known,
         count(*) filter (certification = 'certified') as certified,
         count(*) filter (certification = 'certified' and plan <> 'none') as planned,
         count(*) filter (certification = 'certified' and helped) as helped,
         count(*) filter (certification = 'certified' and "case" = 'closed') as closed,
         count(*) filter (certification = 'certified' and "case" <> 'closed') as open,
         count(*) filter (certification = 'certified' and "case" <> 'closed' and overdue) as overdue,
         count(*) filter (source = 'outside') as outside
  from (select *, 'total' as total from chosen_households($filters, $reader)) group by all)
select l.register_year, l.code, p.name_th, p.name_en, l.listed, c.* exclude (register_year, code)
from listed l left join counted c using (register_year, code) left join warehouse.place p on p.code = l.code
order by l.register_year, l.code
