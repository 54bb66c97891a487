-- Village funds (กข.คจ.) and their debts: what is left to follow on a day. Doors like those of macros.sql say who sees which.
-- It was worked out by the build for every day (etl/tables/debts.sql): a question takes the period in which its day lies.

-- What is recorded of funds since the registers came, worked out by the same rules with what the registers have: one row per
-- fund, year and period.
create macro standings_recorded(f, r) as table
with touched as (select distinct fiscal_year, village_code from chosen_debt_actions(f, r) where entry is not null),
actions as (
  select fiscal_year, village_code, action_date, action_kind, action_amount
  from chosen_debt_actions(f, r) semi join touched using (fiscal_year, village_code)),
funds as (select * from chosen_debt_funds(f, r) semi join touched using (village_code)),
loans as (
  select fiscal_year, village_code, loan_amount, loan_repaid, last_repaid_date
  from chosen_debt_loans(f, r) semi join touched using (fiscal_year, village_code)),
problems as (select * from chosen_debt_problems(f, r) semi join touched using (fiscal_year, village_code))
from ({debt_standings}) semi join touched using (fiscal_year, village_code);

create macro debt_standings_now(f, r) as table
select * from chosen_debt_standings(f, r)
anti join (from chosen_debt_actions(f, r) where entry is not null) using (fiscal_year, village_code) -- recorded
union all by name select * from standings_recorded(f, r) -- recorded
;

-- The day that is asked for, else the latest of which the chosen villages tell anything; what is repaid and settled is said as
-- of a day. One row.
create macro debt_days(f, r, on_day) as table
select coalesce(try_cast(nullif(on_day, '') as date), max(told_on)) as on_day, max(told_on) as latest
from debt_standings_now(f, r);

-- Whether a report is the latest of its village among the years chosen: a report is a state, so the years of one village never
-- add up.
create macro is_latest(f, later_years) as
  if(f['year'] is null, len(later_years) = 0, not list_has_any(later_years, f['year']));

create macro debt_latest(f, r) as table
select fiscal_year, village_code from debt_standings_now(f, r)
where is_latest(f, later_years) and from_day = date '0001-01-01';

-- One row per village fund of the latest report: its money, what of it is not found, what its ledger says, and its problem if
-- it has one: amount_to_follow = by_repayment + by_settling + still_to_follow.
create macro debt_standing(f, r, on_day) as table
select * from debt_standings_now(f, r)
where is_latest(f, later_years) and coalesce(on_day, date '0001-01-01') between from_day and upto_day;

-- Whether the money of a fund does not add up, a part of it is not told, or its ledger says something else.
create macro is_unbalanced(not_found, ledger_differs) as not_found is distinct from 0 or coalesce(ledger_differs, 0) <> 0;

-- What the households of a ledger still owe, and what of it is late on a day: one row per loan. A loan is late from the day
-- after it was due.
create macro debt_owed(f, r, on_day) as table
select l.*, greatest(0, loan_amount - coalesce(loan_repaid, 0)) as still_owed,
       coalesce(still_owed > 0 and loan_due < on_day, false) as is_late
from chosen_debt_loans(f, r) l semi join debt_latest(f, r) using (fiscal_year, village_code);

-- What of the ledgers of the chosen villages is late on a day: one row per ledger.
create macro debt_late(f, r, on_day) as table
select fiscal_year, village_code, ledger_late from chosen_debt_lates(f, r)
where coalesce(on_day, date '0001-01-01') between from_day and upto_day;
