-- The fiscal years of which the women's fund has projects in the chosen places: one row per year, the latest first.
-- Tells: counts
-- Computes: projects
-- Years: fiscal
select fiscal_year, count(*) as projects from chosen_fund_projects($filters, $reader)
group by fiscal_year order by fiscal_year desc
