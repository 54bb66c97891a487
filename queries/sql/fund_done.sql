-- What was done of projects of the women's fund until a day, the latest first: one row per step done; `total` in all.
-- Tells: cases
-- Computes: on_day, total, village_th, village_en
-- Years: fiscal
-- `entry` of what was recorded here and is no row of the register.
with day as (from fund_days($filters, $reader, $day)),
done as not materialized (select c.* from fund_checks($filters, $reader) c, day where checked_date <= on_day),
shown as (
  from done order by checked_date desc, recorded_at desc nulls last, fiscal_year desc, project_no, fund_step
  limit $limit offset $offset)
select on_day, fiscal_year, project_no, group_name, p.village_code, v.name_th as village_th, v.name_en as village_en, fund_step,
       checked_date, fund_result, entry, recorded_by, recorded_at, (select count(*) from done) as total
from shown join chosen_fund_projects($filters, $reader) p using (fiscal_year, project_no), day
left join warehouse.place v on v.code = p.village_code
order by checked_date desc, recorded_at desc nulls last, fiscal_year desc, project_no, fund_step
