-- What is counted of households, declared once: for the build, and for what is recorded after it (journal/projection). One row
-- per village, register year and combination of states; `now` are the households with their place `home`, `was` the same ones
-- in the register of the year before.
-- What one question asks of households is a sum here, too, and no dimension; *_known and open_* are those of whom it is kept.
-- *_was are the states of the same household in the register of the year before, was_village where it stood then; null where it
-- was in none. States are an enumeration here: what is grouped by ten of them is grouped in a third of the time.
select register_year, province_code, district_code, tambon_code, village_code, survey_year, source, certification,
       cast(health as {state}) as health, cast(living as {state}) as living, cast(education as {state}) as education,
       cast(income as {state}) as income, cast(access as {state}) as access, deprived, plan, plan_aspects, {aspects},
         "case", helped, overdue,
       was_village, cast(health_was as {state}) as health_was, cast(living_was as {state}) as living_was,
       cast(education_was as {state}) as education_was, cast(income_was as {state}) as income_was,
         cast(access_was as {state}) as access_was,
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
       cast(coalesce(sum((last_movement >= now.as_of - {within_days})::int), 0) as int) as near,
       cast(coalesce(sum((last_movement > now.as_of)::int), 0) as int) as later
from now left join was using (home)
group by all
order by village_code, register_year
