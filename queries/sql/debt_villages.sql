-- Village funds on a day, those with most left to follow first: one row per village, `total` in all.
-- Tells: cases
-- Computes: on_day, village_th, village_en, tambon_th, tambon_en, not_found, ledger_loans, ledger_owed, ledger_differs
-- Computes: ledger_late, settled_on, actions, last_action, by_repayment, by_settling, still_to_follow, total
-- Years: fiscal
-- `state` is open (all), problem, left (something is left to follow), settled, or unbalanced: the money does not add up, a part
-- of it is not told, or the ledger says something else.
with day as (from debt_days($filters, $reader, $day)),
standing as materialized (
  select * from debt_standing($filters, $reader, (select on_day from day))
  where case $state when 'open' then true when 'problem' then debt_cause is not null when 'left' then still_to_follow > 0
    when 'settled' then settled_on is not null
    when 'unbalanced' then is_unbalanced(not_found, ledger_differs) else false end),
shown as (
  from standing order by coalesce(still_to_follow, 0) desc, coalesce(amount_to_follow, 0) desc, village_code
  limit $limit offset $offset)
select (select on_day from day) as on_day, fiscal_year, s.village_code, v.name_th as village_th, v.name_en as village_en,
       t.name_th as tambon_th, t.name_en as tambon_en, grant_year, grant_received, fund_capital, households_all,
       households_target, households_lent, lent_total, repaid_total, lending_round, with_households, in_bank, in_cash,
       repaid_in_year, not_found, ledger_loans, ledger_owed, ledger_differs, ledger_late, book_targets, book_status, book_bank,
       book_debtors, debt_cause, second_cause, amount_to_follow, by_repayment, by_settling, still_to_follow, settled_on,
       debt_remedy, point_no, actions, last_action, (select count(*) from standing) as total
from shown s left join debt_late($filters, $reader, (select on_day from day)) using (fiscal_year, village_code)
left join warehouse.place v on v.code = s.village_code left join warehouse.place t on t.code = s.tambon_code
order by coalesce(still_to_follow, 0) desc, coalesce(amount_to_follow, 0) desc, s.village_code
