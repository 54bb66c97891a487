-- What one household owes its village fund, by the ledger of the latest report: one row per loan, the earliest due first.
-- Tells: cases
-- Computes: on_day, still_owed, is_late
-- Years: fiscal
-- A loan is a household's by its code, else by its house's where that house has one household in its register.
with day as (from debt_days($filters, $reader, '')),
home as (
  select household_id, house_code, village_code from visible_households($reader)
  where home = home_of($household)),
alone as (
  select house_code from visible_households($reader) where house_code in (select house_code from home)
  group by house_code having count(distinct household_id) = 1)
select (select on_day from day) as on_day, fiscal_year, l.village_code, contract_no, poverty_order, loan_purpose, loan_amount,
       loan_date, loan_due, loan_repaid, last_repaid_date, still_owed, is_late
from debt_owed($filters, $reader, (select on_day from day)) l join home h
  on l.debtor_household_id = h.household_id
  or (l.debtor_household_id is null and l.debtor_house_code = h.house_code and h.house_code in (from alone))
order by loan_due nulls last, contract_no
