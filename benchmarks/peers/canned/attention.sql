-- Target households that need the committee's eye, worst first: six of `total`.
with {chosen_households},
worst as (
  select ref, village_code, tambon_code, plan_overdue + steps_overdue as overdue_items, plan = 'none' as without_plan,
         "case" = 'stalled' as stalled, days_still, count(*) over () as total
  from chosen_households
  where certification = 'certified' and "case" <> 'closed' and (overdue or plan = 'none' or "case" = 'stalled'))
select worst.*, name_th as tambon_th from worst left join place on code = tambon_code
order by overdue_items desc, without_plan desc, days_still desc nulls last, ref limit 6
