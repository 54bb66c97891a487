-- Village funds on a day, all those chosen: one row: villages, baht, and what is left to follow of the villages with a problem.
-- Tells: counts
-- Computes: on_day, latest, villages, capital, households_lent, with_households, in_bank, in_cash, not_found, unbalanced
-- Computes: unchecked, problems, unfinished, share, share_cut, to_follow, by_repayment, by_settling, still_to_follow, settled
-- Years: fiscal
-- `share` is of the villages, in percent, rounded; share_cut the same cut off after two decimals, as some reports print it.
with day as (from debt_days($filters, $reader, $day)),
standing as not materialized (select * from debt_standing($filters, $reader, (select on_day from day)))
select on_day, latest, s.*
from day, (
  select count(*) as villages, sum(fund_capital) as capital, sum(households_lent) as households_lent,
         sum(with_households) as with_households, sum(in_bank) as in_bank, sum(in_cash) as in_cash,
         sum(not_found) as not_found, count(*) filter (not_found <> 0) as unbalanced,
         count(*) filter (not_found is null) as unchecked, count(debt_cause) as problems,
         count(*) filter (still_to_follow > 0) as unfinished,
         round(100.0 * count(debt_cause) / nullif(count(*), 0), 2) as share,
         10000 * count(debt_cause) // nullif(count(*), 0) / 100 as share_cut, sum(amount_to_follow) as to_follow,
         sum(by_repayment) as by_repayment, sum(by_settling) as by_settling, sum(still_to_follow) as still_to_follow,
         count(settled_on) as settled
  from standing) s
