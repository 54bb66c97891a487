-- Projects of the women's fund on a day, the latest owed first: one row per project, `total` in all.
-- Tells: cases
-- Computes: on_day, paid, last_paid, outstanding, late, next_due, next_amount, planned, prevented, followed, collected, total
-- Computes: village_th, village_en, tambon_th, tambon_en
-- Years: fiscal
with day as (select fund_day($filters, $reader, $day) as on_day),
standing as (select * from fund_standing($filters, $reader, (select on_day from day))),
done as (
  select fiscal_year, project_no, count(distinct fund_step) filter (starts_with(fund_step, 'prevent')) as prevented,
         count(distinct fund_step) filter (starts_with(fund_step, 'follow')) as followed,
         count(distinct fund_step) filter (starts_with(fund_step, 'collect')) as collected
  from fund_checks($filters, $reader), day where checked_date <= on_day group by all)
select (select on_day from day) as on_day, fiscal_year, project_no, s.village_code, v.name_th as village_th,
       v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en, group_name, group_members, fund_kind,
       project_name, approved_amount, contract_no, received_date, guardian, paid, last_paid, outstanding, late, next_due,
       next_amount, planned, coalesce(prevented, 0) as prevented, coalesce(followed, 0) as followed,
       coalesce(collected, 0) as collected, count(*) over () as total
from standing s left join done using (fiscal_year, project_no)
left join warehouse.place v on v.code = s.village_code left join warehouse.place t on t.code = s.tambon_code
where $state = 'open' or ($state = 'late' and late > 0) or fund_kind = $state
order by coalesce(late, 0) desc, next_due nulls last, fiscal_year desc, project_no limit $limit offset $offset
