-- The household ledgers of the chosen village funds, by village, the poorest first: one row per loan, `total` in all.
-- Tells: cases
-- Computes: on_day, village_th, village_en, tambon_th, tambon_en, still_owed, is_late, total
-- Years: fiscal
with day as (from debt_days($filters, $reader, $day)),
shown as (
  select * from debt_owed($filters, $reader, (select on_day from day))
  order by village_code, poverty_order nulls last, contract_no
  limit $limit offset $offset),
every as (select sum(ledger_loans) as loans from debt_standing($filters, $reader, date '0001-01-01'))
select (select on_day from day) as on_day, fiscal_year, l.village_code, v.name_th as village_th, v.name_en as village_en,
       t.name_th as tambon_th, t.name_en as tambon_en, contract_no, poverty_order, borrower, loan_purpose, loan_amount,
       loan_date, loan_due, loan_repaid, last_repaid_date, still_owed, is_late,
       cast((select loans from every) as bigint) as total
from shown l left join warehouse.place v on v.code = l.village_code left join warehouse.place t on t.code = l.tambon_code
order by l.village_code, poverty_order nulls last, contract_no
