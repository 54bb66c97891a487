-- Plan items of the chosen households by owner agency, most overdue first: one row per agency, `total` agencies in all.
-- Tells: counts
-- Computes: items, planned, in_progress, done, households, oldest_due, total
select *, count(*) over () as total
from (select owner_for($reader, owner) as owner, count(*) as items, count(*) filter (status = 'planned') as planned,
             count(*) filter (status = 'in_progress') as in_progress, count(*) filter (status = 'done') as done,
             count(*) filter (overdue) as overdue, count(distinct home) as households,
               min(due_date) filter (overdue) as oldest_due
      from chosen_plan_items($filters, $reader) group by all)
order by overdue desc, items desc, owner limit $limit offset $offset
