-- Projects of the women's fund, whatever they owe, by village: one row per project; `total` in all. Of what can be recorded.
-- Tells: cases
-- Computes: total, thing, village_th, village_en, tambon_th, tambon_en
-- Years: fiscal
with shown as (
  select fiscal_year, project_no, p.village_code, p.tambon_code, group_name, fund_kind, project_name
  from chosen_fund_projects($filters, $reader) p
  order by p.village_code, fiscal_year desc, project_no limit $limit offset $offset)
select concat('loan/', fiscal_year, '/', project_no) as thing, fiscal_year, project_no, p.village_code, v.name_th as village_th,
       v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en, group_name, fund_kind, project_name,
       (select count(*) from chosen_fund_projects($filters, $reader)) as total
from shown p left join warehouse.place v on v.code = p.village_code left join warehouse.place t on t.code = p.tambon_code
order by p.village_code, fiscal_year desc, project_no
