-- Target households that need the committee's eye, worst first: one row per household that is overdue, without a plan or stalled.
-- Tells: cases
select ref, household_id, tambon_code, village_code, t.name_th as tambon_th, t.name_en as tambon_en, village_moo,
       plan_overdue + steps_overdue as overdue_items, plan = 'none' as without_plan, "case" = 'stalled' as stalled,
       days_still, last_movement, as_of, count(*) over () as total
from chosen_households($filters, $reader) left join warehouse.place t on t.code = tambon_code
where certification = 'certified' and "case" <> 'closed' and (overdue or plan = 'none' or "case" = 'stalled')
order by overdue_items desc, without_plan desc, days_still desc nulls last, ref limit $limit
