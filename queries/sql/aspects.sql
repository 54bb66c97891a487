-- The 4T plan, aspect by aspect: one row per aspect, households by state, among the certified households chosen.
-- Tells: counts
select a.aspect, count(*) filter (state = 'none') as none, count(*) filter (state = 'planned') as planned,
       count(*) filter (state = 'in_progress') as in_progress, count(*) filter (state = 'done') as done, count(state) as households
from warehouse.definition.aspects a
left join (
  select unnest([{'aspect': 'attitude', 'state': plan_attitude}, {'aspect': 'skill', 'state': plan_skill},
                 {'aspect': 'resource', 'state': plan_resource}, {'aspect': 'way_out', 'state': plan_way_out}], recursive := true)
  from chosen_households($filters, $reader) where certification = 'certified') s using (aspect)
group by a.aspect, cast(a.position as int) order by cast(a.position as int)
