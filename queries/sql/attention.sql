-- Target households that need the committee's eye, worst first: one row per household overdue, without a plan or stalled.
-- Tells: cases
-- Computes: overdue_items, without_plan, stalled, tambon_th, tambon_en, total
with worst as (
  select ref, household_id, tambon_code, village_code, village_moo, coalesce(plan_overdue, 0) + steps_overdue as overdue_items,
         plan = 'none' as without_plan, "case" = 'stalled' as stalled, days_still, last_movement, as_of
  from chosen_households($filters, $reader)
  where needs_attention(certification, "case", overdue, plan)
  order by overdue_items desc, without_plan desc, days_still desc nulls last, ref limit $limit),
counted as (
  select cast(sum(households) as bigint) as total from chosen_tallies($filters, $reader)
  where needs_attention(certification, "case", overdue, plan))
select worst.*, t.name_th as tambon_th, t.name_en as tambon_en, total
from counted, worst left join warehouse.place t on t.code = tambon_code
order by overdue_items desc, without_plan desc, days_still desc nulls last, ref
