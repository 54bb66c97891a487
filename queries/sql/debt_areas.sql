-- Village funds for the map: one row per fiscal year and area (of the breakdown `by`) of which villages reported.
-- Tells: counts
-- Computes: code, name_th, name_en, as_of, villages, problems, unfinished, capital, still_to_follow, lent_to, following
-- Years: fiscal
-- Each year as its own reports and what was done say; unfinished are the villages with a problem of which something is left to
-- follow. Capital and what is left are baht, rounded, of as many households lent to: all, those of unfinished villages; null
-- where a village does not tell how many.
with standing as (
  select fiscal_year as register_year, village_code, tambon_code, district_code, village_code[1:2] as province_code,
         'total' as total, fund_capital, households_lent, debt_cause, still_to_follow, told_on
  from debt_standings_now($filters, $reader) where upto_day = date '9999-12-31')
select a.*, p.name_th, p.name_en from (
  select register_year, cast(columns(lambda c: c = $by) as varchar) as code, max(told_on) as as_of, count(*) as villages,
         count(debt_cause) as problems, count(*) filter (still_to_follow > 0) as unfinished,
         cast(round(sum(fund_capital)) as bigint) as capital,
         cast(round(coalesce(sum(still_to_follow), 0)) as bigint) as still_to_follow,
         if(count(households_lent) = count(*), cast(sum(households_lent) as bigint), null) as lent_to,
         if(count(households_lent) filter (still_to_follow > 0) = unfinished,
            cast(coalesce(sum(households_lent) filter (still_to_follow > 0), 0) as bigint), null) as following
  from standing group by register_year, code) a
left join warehouse.place p on p.code = a.code order by a.register_year, a.code
