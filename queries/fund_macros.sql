-- The women's fund: what is owed on a day. Doors like those of macros.sql, which say who sees which projects.

-- What was recorded of loans since the registers came, of the chosen projects: one row per step done.
create macro chosen_loan_steps(f, r) as table
select {loan_step} from delta.loan_step semi join chosen_fund_projects(f, r) using (fiscal_year, project_no, village_code);

-- What was done of projects: the rows of the register, and what was recorded since. A recorded step that a row has, too
-- (same step, same day), was done once.
create macro fund_checks(f, r) as table
select fiscal_year, project_no, fund_step, checked_date, fund_result, null::varchar as entry, null::varchar as recorded_by,
       null::timestamp as recorded_at
from chosen_fund_checks(f, r)
union all by name
select fiscal_year, project_no, fund_step, checked_date, fund_result, entry, recorded_by, recorded_at
from chosen_loan_steps(f, r) anti join chosen_fund_checks(f, r) using (fiscal_year, project_no, fund_step, checked_date);

-- The latest day of which the registers of the chosen projects tell anything; what is due and overdue is said as of a day.
create macro fund_day(f, r, on_day) as coalesce(try_cast(nullif(on_day, '') as date), (
  select max(happened) from (
    select received_date as happened from chosen_fund_projects(f, r)
    union all select paid_date from chosen_fund_repayments(f, r)
    union all select checked_date from chosen_fund_checks(f, r))));

-- What was repaid by a day: one row per project that repaid anything.
create macro fund_paid(f, r, on_day) as table
select fiscal_year, project_no, sum(paid_amount) as paid, max(paid_date) as last_paid
from chosen_fund_repayments(f, r) where paid_date <= on_day group by all;

-- Instalments of revolving loans, each with what is still owed of it on a day: repayments cover the earliest first. A grant is
-- never due, whatever its rows say. An instalment is late from the day after it was due.
create macro fund_owed(f, r, on_day) as table
select i.fiscal_year, i.project_no, i.instalment_no, i.instalment_due, i.instalment_amount,
       greatest(0, least(i.instalment_amount, i.up_to - coalesce(p.paid, 0))) as still_owed,
       still_owed > 0 and i.instalment_due < on_day as is_late
from (select *, sum(instalment_amount) over (
        partition by fiscal_year, project_no order by instalment_due, instalment_no) as up_to
      from chosen_fund_instalments(f, r)) i
join chosen_fund_projects(f, r) using (fiscal_year, project_no)
left join fund_paid(f, r, on_day) p using (fiscal_year, project_no)
where fund_kind = 'revolving';

-- One row per project that had its money by a day (or of which no day is known): what is outstanding, late, and due next.
create macro fund_standing(f, r, on_day) as table
select p.*, if(p.fund_kind = 'grant', null, coalesce(paid, 0)) as paid, last_paid,
       if(p.fund_kind = 'grant', null, greatest(0, p.approved_amount - coalesce(paid, 0))) as outstanding,
       if(p.fund_kind = 'grant', null, coalesce(late, 0)) as late, next_due, next_amount, planned
from chosen_fund_projects(f, r) p left join fund_paid(f, r, on_day) using (fiscal_year, project_no)
left join (
  select fiscal_year, project_no, sum(still_owed) filter (is_late) as late, sum(instalment_amount) as planned,
         min(instalment_due) filter (still_owed > 0 and not is_late) as next_due,
         arg_min(still_owed, instalment_due) filter (still_owed > 0 and not is_late) as next_amount
  from fund_owed(f, r, on_day) group by all) using (fiscal_year, project_no)
where coalesce(p.received_date <= on_day, true);
