-- Village funds whose money does not add up, of which a part is not told, or whose ledger says something else: one row each.
-- Tells: cases
-- Computes: on_day, village_th, village_en, tambon_th, tambon_en, not_found, ledger_differs, total
-- Years: fiscal
-- Those with most left to follow first; `total` in all.
with day as (from debt_days($filters, $reader, $day))
select on_day, fiscal_year, s.village_code, v.name_th as village_th, v.name_en as village_en,
       t.name_th as tambon_th, t.name_en as tambon_en, fund_capital, with_households, in_bank, in_cash, not_found,
       ledger_differs, count(*) over () as total
from debt_standing($filters, $reader, (select on_day from day)) s left join warehouse.place v on v.code = s.village_code
left join warehouse.place t on t.code = s.tambon_code, day
where is_unbalanced(not_found, ledger_differs)
order by coalesce(still_to_follow, 0) desc, coalesce(amount_to_follow, 0) desc, s.village_code limit $limit offset $offset
