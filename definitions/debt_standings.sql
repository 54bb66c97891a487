-- What village funds come to, of {funds}, {actions}, {problems} and {loans}: rows as of the registers.
-- One row per fund, year of the report and period in which nothing was done: its money, what of it is not found (capital less
-- households, bank and cash; null where a part is not told), what its ledger says, and its problem if it has one:
-- amount_to_follow = by_repayment + by_settling + still_to_follow, whatever was written down. What came back never counts for
-- more than was to follow; settling a village takes the rest. later_years are those of newer reports of the village: a report
-- is a state, so the years of one never add up. told_on is the latest day of which this one tells anything.
with done as (
  select fiscal_year, village_code, action_date as from_day,
         sum(coalesce(sum(action_amount) filter (action_kind = 'repaid'), 0)) over told as came_back,
         min(min(action_date) filter (action_kind = 'settled')) over told as settled_on, sum(count(*)) over told as actions
  from {actions} group by fiscal_year, village_code, action_date
  window told as (partition by fiscal_year, village_code order by action_date)),
turn as (
  select fiscal_year, village_code, date '0001-01-01' as from_day from {funds}
  union select fiscal_year, village_code, from_day from done),
period as (
  select t.*, d.came_back, d.settled_on, cast(coalesce(d.actions, 0) as bigint) as actions, d.from_day as last_action,
         lead(t.from_day - 1, 1, date '9999-12-31') over (
           partition by fiscal_year, village_code order by t.from_day) as upto_day
  from turn t asof left join done d using (fiscal_year, village_code, from_day)),
ledger as (
  select fiscal_year, village_code, count(*) as ledger_loans,
         sum(greatest(0, loan_amount - coalesce(loan_repaid, 0))) as ledger_owed, max(last_repaid_date) as last_repaid
  from {loans} group by all),
newer as (
  select fiscal_year, village_code, coalesce(list(fiscal_year) over (
    partition by village_code order by fiscal_year desc rows between unbounded preceding and 1 preceding), []) as later_years
  from {funds}),
told as (select fiscal_year, village_code, max(action_date) as last_done from {actions} group by all),
followed as (
  select t.*, p.* exclude (fiscal_year, village_code),
         greatest(0, least(p.amount_to_follow, coalesce(t.came_back, 0))) as by_repayment,
         if(t.settled_on is null, 0, p.amount_to_follow - by_repayment) as by_settling,
         p.amount_to_follow - by_repayment - by_settling as still_to_follow, p.village_code is not null as has_problem
  from period t left join {problems} p using (fiscal_year, village_code))
select d.* exclude (moo, village_name, tambon_name, district_name, province_name),
       d.fund_capital - d.with_households - d.in_bank - d.in_cash as not_found, l.ledger_loans, l.ledger_owed,
       l.ledger_owed - d.with_households as ledger_differs, f.debt_cause, f.second_cause, f.amount_to_follow, f.debt_remedy,
       f.point_no, if(f.has_problem, f.settled_on, null) as settled_on, if(f.has_problem, f.actions, null) as actions,
       if(f.has_problem, f.last_action, null) as last_action, if(f.has_problem, f.by_repayment, null) as by_repayment,
       if(f.has_problem, f.by_settling, null) as by_settling, f.still_to_follow, f.from_day, f.upto_day,
       greatest(t.last_done, l.last_repaid) as told_on, n.later_years
from followed f join {funds} d using (fiscal_year, village_code) join newer n using (fiscal_year, village_code)
left join ledger l using (fiscal_year, village_code)
left join told t using (fiscal_year, village_code)
