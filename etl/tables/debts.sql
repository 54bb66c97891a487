-- Village funds on every day: what is left to follow changes on the days on which something was done, what is late on the day
-- after a loan was due.
-- Reads: out.debt_action, out.debt_fund, out.debt_loan, out.debt_problem
-- Writes: out.debt_late, out.debt_standing
-- One row per fund and period in which no loan becomes late: what the ledger has late then. What is owed does not depend on
-- the day: a ledger says what was repaid, not when.
create table out.debt_late as
with loan as (
  select fiscal_year, village_code, loan_due + 1 as from_day, greatest(0, loan_amount - coalesce(loan_repaid, 0)) as still_owed
  from out.debt_loan),
turn as (
  select fiscal_year, village_code, from_day, sum(still_owed) as falls from loan where from_day is not null group by all
  union all by name select distinct fiscal_year, village_code, date '0001-01-01' as from_day, 0 as falls from loan)
select fiscal_year, village_code, from_day,
       lead(from_day - 1, 1, date '9999-12-31') over (partition by fiscal_year, village_code order by from_day) as upto_day,
       sum(falls) over (partition by fiscal_year, village_code order by from_day) as ledger_late
from turn order by village_code, fiscal_year, from_day;

-- One row per fund, year of the report and period in which nothing was done (definitions/debt_standings.sql).
create table out.debt_standing as
with actions as (from out.debt_action), funds as (from out.debt_fund), loans as (from out.debt_loan),
problems as (from out.debt_problem)
from ({debt_standings}) order by village_code, fiscal_year, from_day;
