-- Districts of which the women's fund has projects: one row per district, the largest first; whatever places are chosen.
-- Tells: counts
-- Computes: code, name_th, name_en, projects
-- Years: fiscal
select district_code as code, p.name_th, p.name_en, count(*) as projects
from chosen_fund_projects($filters, $reader) f left join warehouse.place p on p.code = f.district_code
group by all order by projects desc, code
