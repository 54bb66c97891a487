-- Pre-aggregate: one row per village, register year and combination of dimensions, with the number of households and sums of
-- their people. Questions that only count read this, a third of the rows at most. What one question asks of households is a
-- sum here, too, and no dimension; *_known and open_* are those of whom it is kept. *_was are the states of the same household
-- in the register of the year before, was_village where it stood then; null where it was in none. States are an enumeration
-- here: what is grouped by ten of them is grouped in a third of the time.
-- Reads: out.household
-- Writes: out.tally
create type if not exists out.state as enum ('deprived', 'not_deprived', 'no_data');
create table out.tally as
with was as (
  select now.rowid as home, was.village_code as was_village, was.health as health_was, was.living as living_was,
         was.education as education_was, was.income as income_was, was.access as access_was
  from out.household now join out.household was on was.household_id = now.household_id
    and was.register_year = now.register_year - 1
  where now.register_year > (select min(register_year) from out.household))
select register_year, province_code, district_code, tambon_code, village_code, survey_year, source, certification,
       cast(health as out.state) as health, cast(living as out.state) as living, cast(education as out.state) as education,
       cast(income as out.state) as income, cast(access as out.state) as access, deprived, plan, plan_aspects, {aspects},
         "case", helped, overdue,
       was_village, cast(health_was as out.state) as health_was, cast(living_was as out.state) as living_was,
       cast(education_was as out.state) as education_was, cast(income_was as out.state) as income_was,
         cast(access_was as out.state) as access_was,
       cast(count(*) as int) as households, cast(sum(people) as int) as people,
         cast(sum(target_people) as int) as target_people,
       cast(count(target_people) as int) as card_known,
         cast(sum(listed_members) filter (target_people is not null) as int) as people_known,
       cast(count(*) filter (verification = 'confirmed') as int) as verified,
       cast(count(*) filter (verification_kept and coalesce(verification, 'unverified') = 'unverified') as int) as unverified,
       cast(sum(verification_kept::int) as int) as verification_known,
       cast(sum(certification_kept::int) as int) as certification_known,
       cast(sum(if(certification = 'certified' and plan <> 'not_kept', 1, 0)) as int) as plan_known,
       cast(sum(if(certification = 'certified' and helped is not null, 1, 0)) as int) as help_known,
       cast(sum(if(certification = 'certified' and "case" <> 'closed' and plan <> 'not_kept', 1, 0)) as int) as open_planned,
       cast(sum(if(certification = 'certified' and "case" <> 'closed' and overdue is not null, 1, 0)) as int) as open_dated,
       cast(sum(if(certification = 'certified' and "case" not in ('closed', 'not_kept'), 1, 0)) as int) as open_followed,
       cast(count(latitude + longitude) as int) as located, max(as_of) as as_of,
       cast(count(people) as int) as counted, cast(count(last_movement) as int) as moved,
       cast(coalesce(sum((last_movement >= h.as_of - {within_days})::int), 0) as int) as near,
       cast(coalesce(sum((last_movement > h.as_of)::int), 0) as int) as later
from out.household h left join was on was.home = h.rowid
group by all
order by village_code, register_year;
