-- Entries whose field a register decides, since it knows of a later day, or of the day itself where it has one: one row each.
-- Reads: alias, base_household, spoken, standing, warehouse.case_step, warehouse.plan_item
with item as (
  select p.home, a.called, p.updated_date
  from warehouse.plan_item p join alias a on a.home = p.home and a.thing = concat('plan/', p.item_no))
select s.id from spoken s join item p on p.home = s.home and p.called = s.thing
where s.kind in ('plan_status', 'plan_owner', 'plan_due') and not counts(s.said_on, p.updated_date)
union
select s.id from standing s join item p on p.home = s.home and p.called = s.thing
where s.kind = 'plan_reply' and not carried and not counts(s.said_on, p.updated_date)
union
select s.id from spoken s join warehouse.case_step c
  on c.home = s.home and s.thing = concat('step/', c.template, '/', c.step)
where (s.kind = 'step_started' and c.started_date is not null) or (s.kind = 'step_finished' and c.finished_date is not null)
union
select s.id from spoken s join base_household h using (home)
where (s.kind = 'certification' and not counts(s.said_on, h.certified_date))
   or (s.kind = 'closed' and h.closed_date is not null)
union
select s.id from standing s join base_household h using (home)
where s.kind = 'visit' and not carried and s.body->>'checked_dimension' is not null
  and not counts(s.said_on, {checked_on})
