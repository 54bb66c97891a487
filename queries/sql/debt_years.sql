-- The years of which village funds are reported in the chosen places: one row per year, the latest first.
-- Tells: counts
-- Computes: villages
-- Years: fiscal
select fiscal_year, count(*) as villages from chosen_debt_funds($filters, $reader)
group by fiscal_year order by fiscal_year desc
