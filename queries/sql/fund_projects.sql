-- Projects of the women's fund on a day, the latest owed first: one row per project, `total` in all.
-- Tells: cases
-- Computes: on_day, paid, last_paid, outstanding, late, next_due, next_amount, planned, prevented, followed, collected, total
-- Computes: village_th, village_en, tambon_th, tambon_en
-- Years: fiscal
with day as (from fund_days($filters, $reader, $day)),
standing as materialized (
  select fiscal_year, project_no, paid, last_paid, outstanding, late, next_due, next_amount, planned
  from fund_standing($filters, $reader, (select on_day from day))
  where $state = 'open' or ($state = 'late' and late > 0) or fund_kind = $state),
shown as materialized (
  select *, (select on_day from day) as on_day from standing
  order by coalesce(late, 0) desc, next_due nulls last, fiscal_year desc, project_no
  limit $limit offset $offset),
done as (
  select fiscal_year, project_no, count(distinct fund_step) filter (starts_with(fund_step, 'prevent')) as prevented,
         count(distinct fund_step) filter (starts_with(fund_step, 'follow')) as followed,
         count(distinct fund_step) filter (starts_with(fund_step, 'collect')) as collected
  from fund_checks($filters, $reader) join shown using (fiscal_year, project_no) where checked_date <= on_day group by all)
select on_day, fiscal_year, project_no, p.village_code, v.name_th as village_th,
       v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en, group_name, group_members, fund_kind,
       project_name, approved_amount, contract_no, received_date, guardian, paid, last_paid, outstanding, late, next_due,
       next_amount, planned, coalesce(prevented, 0) as prevented, coalesce(followed, 0) as followed,
       coalesce(collected, 0) as collected, (select count(*) from standing) as total
from shown join chosen_fund_projects($filters, $reader) p using (fiscal_year, project_no)
left join done using (fiscal_year, project_no)
left join warehouse.place v on v.code = p.village_code left join warehouse.place t on t.code = p.tambon_code
order by coalesce(late, 0) desc, next_due nulls last, fiscal_year desc, project_no
