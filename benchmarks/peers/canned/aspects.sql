-- The 4T plan of certified households by state: one row per aspect.
with {chosen},
profile as (
  select plan_attitude, plan_skill, plan_resource, plan_way_out, sum(households) as households
  from chosen where certification = 'certified' group by 1, 2, 3, 4),
aspect(position, aspect) as (values (1, 'attitude'), (2, 'skill'), (3, 'resource'), (4, 'way_out')),
by_aspect as (
  select 'attitude' as aspect, plan_attitude as state, households from profile
  union all select 'skill', plan_skill, households from profile
  union all select 'resource', plan_resource, households from profile
  union all select 'way_out', plan_way_out, households from profile)
select aspect, coalesce(sum(iif(state = 'none', households, 0)), 0) as none,
       coalesce(sum(iif(state = 'planned', households, 0)), 0) as planned,
       coalesce(sum(iif(state = 'in_progress', households, 0)), 0) as in_progress,
       coalesce(sum(iif(state = 'done', households, 0)), 0) as done, coalesce(sum(households), 0) as households
from aspect left join by_aspect using (aspect) group by aspect, position order by position
