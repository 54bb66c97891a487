-- Village funds by district on a day, as the province's report adds them up: one row per district, in the order of their codes.
-- Tells: counts
-- Computes: on_day, code, name_th, name_en, tambons, villages, households_all, households_target, households_lent
-- Computes: with_households, in_bank, in_cash, capital, repaid_in_year, problems, still_to_follow
-- Years: fiscal
with day as (from debt_days($filters, $reader, $day))
select (select on_day from day) as on_day, s.district_code as code, p.name_th, p.name_en,
       count(distinct s.tambon_code) as tambons, count(*) as villages, sum(households_all) as households_all,
       sum(households_target) as households_target, sum(households_lent) as households_lent,
       sum(with_households) as with_households, sum(in_bank) as in_bank, sum(in_cash) as in_cash,
       sum(fund_capital) as capital, sum(repaid_in_year) as repaid_in_year, count(debt_cause) as problems,
       coalesce(sum(still_to_follow), 0) as still_to_follow
from debt_standing($filters, $reader, (select on_day from day)) s left join warehouse.place p on p.code = s.district_code
group by all order by code
