-- Who owes the chosen households something, the most overdue first: one row per owner, '' for what nobody has taken.
-- Tells: cases
-- Computes: items, late
select owner, count(*) as items, count(*) filter (overdue) as late
from chosen_promises($filters, $reader) group by owner order by late desc, items desc, owner
