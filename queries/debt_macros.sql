-- Village funds (กข.คจ.) and their debts: what is left to follow on a day. Doors like those of macros.sql say who sees which.

-- The latest day of which the chosen villages tell anything; what is repaid and settled is said as of a day.
create macro debt_day(f, r, on_day) as coalesce(try_cast(nullif(on_day, '') as date), (
  select max(happened) from (
    select action_date as happened from chosen_debt_actions(f, r)
    union all select last_repaid_date from chosen_debt_loans(f, r))));

-- The latest report of each village: a report is a state, so the years of one village never add up.
create macro debt_latest(f, r) as table
select * from chosen_debt_funds(f, r) qualify fiscal_year = max(fiscal_year) over (partition by village_code);

-- What was done by a day: one row per village and year.
create macro debt_done(f, r, on_day) as table
select fiscal_year, village_code, coalesce(sum(action_amount) filter (action_kind = 'repaid'), 0) as came_back,
       min(action_date) filter (action_kind = 'settled') as settled_on, count(*) as actions, max(action_date) as last_action
from chosen_debt_actions(f, r) where action_date <= on_day group by all;

-- Villages with a problem, of every report: amount_to_follow = by_repayment + by_settling + still_to_follow, whatever was
-- written down. What came back never counts for more than was to follow; settling a village takes the rest.
create macro debt_progress(f, r, on_day) as table
select p.*, settled_on, coalesce(actions, 0) as actions, last_action,
       greatest(0, least(p.amount_to_follow, coalesce(came_back, 0))) as by_repayment,
       if(settled_on is null, 0, p.amount_to_follow - by_repayment) as by_settling,
       p.amount_to_follow - by_repayment - by_settling as still_to_follow
from chosen_debt_problems(f, r) p left join debt_done(f, r, on_day) using (fiscal_year, village_code);

-- The same of the latest report of each village.
create macro debt_followed(f, r, on_day) as table
select p.* from debt_progress(f, r, on_day) p semi join debt_latest(f, r) using (fiscal_year, village_code);

-- What the households of a ledger still owe, and what of it is late on a day: one row per loan. A loan is late from the day
-- after it was due.
create macro debt_owed(f, r, on_day) as table
select l.*, greatest(0, loan_amount - coalesce(loan_repaid, 0)) as still_owed,
       coalesce(still_owed > 0 and loan_due < on_day, false) as is_late
from chosen_debt_loans(f, r) l semi join debt_latest(f, r) using (fiscal_year, village_code);

-- One row per village fund of the latest report: its money, what of it is not found (capital less households, bank and cash;
-- null where a part is not told), what its ledger says, its problem if it has one.
create macro debt_standing(f, r, on_day) as table
select d.*, d.fund_capital - d.with_households - d.in_bank - d.in_cash as not_found, ledger_loans, ledger_owed,
       ledger_owed - d.with_households as ledger_differs, ledger_late, debt_cause, second_cause, amount_to_follow, debt_remedy,
       point_no, settled_on, actions, last_action, by_repayment, by_settling, still_to_follow
from debt_latest(f, r) d left join debt_followed(f, r, on_day) using (fiscal_year, village_code)
left join (
  select fiscal_year, village_code, count(*) as ledger_loans, sum(still_owed) as ledger_owed,
         coalesce(sum(still_owed) filter (is_late), 0) as ledger_late
  from debt_owed(f, r, on_day) group by all) using (fiscal_year, village_code);
