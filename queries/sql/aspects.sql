-- The 4T plan, aspect by aspect: one row per aspect, households by state, among the certified households chosen.
-- Tells: counts
-- Computes: none, planned, in_progress, done, not_kept, households
select a.aspect, number_of(households, state = 'none') as none, number_of(households, state = 'planned') as planned,
       number_of(households, state = 'in_progress') as in_progress, number_of(households, state = 'done') as done,
       number_of(households, state = 'not_kept') as not_kept, number_of(households, true) as households
from warehouse.definition.aspects a
left join (
  select households, unnest([{'aspect': 'attitude', 'state': plan_attitude}, {'aspect': 'skill', 'state': plan_skill},
                 {'aspect': 'resource', 'state': plan_resource}, {'aspect': 'way_out', 'state': plan_way_out}],
                   recursive := true)
  from chosen_tallies($filters, $reader) where certification = 'certified') s using (aspect)
group by a.aspect, cast(a.position as int) order by cast(a.position as int)
