-- One row per dimension and combination of states, with its number (profile) and how it was a year before.
profile as (
  select row_number() over () as profile, health, living, education, income, access, was_village is not null as listed,
         health_was, living_was, education_was, income_was, access_was,
         sum(households) as households, coalesce(sum(people), 0) as people
  from chosen group by health, living, education, income, access, listed, health_was, living_was, education_was, income_was,
    access_was),
by_dimension as (
  select 1 as position, 'health' as dimension, health as state, health_was as was, * from profile
  union all select 2, 'living', living, living_was, * from profile
  union all select 3, 'education', education, education_was, * from profile
  union all select 4, 'income', income, income_was, * from profile
  union all select 5, 'access', access, access_was, * from profile)
