-- The women's fund: what is owed on a day. Doors like those of macros.sql, which say who sees which projects. What is owed was
-- worked out by the build for every day (etl/tables/fund.sql): a question takes the period in which its day lies.

-- What was recorded of loans since the registers came, of the chosen projects: one row per step done.
create macro chosen_loan_steps(f, r) as table
select {loan_step} from delta.loan_step semi join chosen_fund_projects(f, r) using (fiscal_year, project_no, village_code);

-- What was done of projects: the rows of the register, and what was recorded since. A recorded step that a row has, too
-- (same step, same day), was done once.
create macro fund_checks(f, r) as table
select fiscal_year, project_no, fund_step, checked_date, fund_result, null::varchar as entry, null::varchar as recorded_by,
       null::timestamp as recorded_at
from chosen_fund_checks(f, r)
union all by name -- recorded
select fiscal_year, project_no, fund_step, checked_date, fund_result, entry, recorded_by, recorded_at -- recorded
from chosen_loan_steps(f, r) -- recorded
anti join chosen_fund_checks(f, r) using (fiscal_year, project_no, fund_step, checked_date) -- recorded
;

-- The day that is asked for, else the latest of which the registers of the chosen projects tell anything; what is due and
-- overdue is said as of a day. One row.
create macro fund_days(f, r, on_day) as table
select coalesce(try_cast(nullif(on_day, '') as date), max(told_on)) as on_day, max(told_on) as latest
from chosen_fund_standings(f, r);

-- One row per project that had its money by a day (or of which no day is known): what is outstanding, late, and due next.
create macro fund_standing(f, r, on_day) as table
select * replace (if(on_day is null, null, next_due) as next_due, if(on_day is null, null, next_amount) as next_amount)
from chosen_fund_standings(f, r)
where coalesce(on_day, date '0001-01-01') between from_day and upto_day and coalesce(received_date <= on_day, true);
