-- Mentor teams and agencies of the chosen households: one row per team, those with the most that is late first.
-- Tells: cases
-- Computes: team, items, late
-- `team` is what an address may hold of it: no name of anybody. A team answers for what it owes itself and, where it is mentor,
-- for all that is owed to its households; `owner` is its name as the reader may see it.
with work as (from work_of($filters, $reader))
select team, owner, count(distinct (home, kind, thing)) as items, count(distinct (home, kind, thing)) filter (overdue) as late
from work where owner <> '' group by team, owner order by late desc, items desc, owner
