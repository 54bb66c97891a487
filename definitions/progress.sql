-- How far a household's plan, its steps and its case are, declared once: for the build, and for what is recorded after it
-- (journal/projection). `as_of` is the date of the data: nothing is late or still but as of that day.

-- The state of so many items of a plan, of which so many are begun or finished, and so many finished.
create macro work_state(items, started, finished) as
  case when items = 0 then 'none' when finished = items then 'done' when started > 0 then 'in_progress' else 'planned' end;

-- A plan item is overdue when it is not done by its due date.
create macro item_is_overdue(due_date, as_of, status) as coalesce(due_date < as_of and status <> 'done', false);

create macro step_state(started_date, finished_date) as
  case when finished_date is not null then 'done' when started_date is not null then 'current' else 'waiting' end;
create macro step_is_overdue(due_date, as_of, finished_date) as coalesce(due_date < as_of and finished_date is null, false);

-- Days since the last movement; none where it came after the date of the data.
create macro still_for(as_of, last_movement) as if(last_movement > as_of, 0, as_of - last_movement);

-- Whether something is overdue and the case is open; null where no due dates are kept.
create macro is_overdue(kept, plan_overdue, steps_overdue, closed_date) as
  if(kept, coalesce(plan_overdue, 0) + coalesce(steps_overdue, 0) > 0 and closed_date is null, null);

-- Whether help has reached it: a done item of the plan, or a gift; null where neither is kept.
create macro is_helped(kept, plan_done, given) as if(kept, coalesce(plan_done, 0) > 0 or given, null);

-- The state of a case. Only a certified household has one; it is stalled after so many days without a movement, or without any.
create macro case_state(certification, closed_date, followed, as_of, last_movement, stalled_after) as
  case when certification is distinct from 'certified' then 'none' when closed_date is not null then 'closed'
       when followed is distinct from true then 'not_kept'
       when as_of - last_movement > stalled_after or (as_of is not null and last_movement is null) then 'stalled'
       else 'in_progress' end;
