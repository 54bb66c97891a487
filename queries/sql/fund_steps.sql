-- The ป ต ท model, project by project on a day: one row per revolving loan and step that there is, the latest loans first.
-- Tells: cases
-- Computes: on_day, stage, position, step_th, step_en, done_on, times, total, village_th, village_en
-- Years: fiscal
-- `total` loans in all. done_on is the last time, empty where it was never done.
with day as (from fund_days($filters, $reader, $day)),
loans as (
  select fiscal_year, project_no, group_name, village_code, received_date
  from fund_standing($filters, $reader, (select on_day from day)) where fund_kind = 'revolving'),
shown as materialized (
  select *, (select on_day from day) as on_day from loans
  order by received_date desc nulls last, fiscal_year desc, project_no
  limit $limit offset $offset),
steps as (
  select "value" as fund_step, split_part("value", '_', 1) as stage, cast(position as int) as position, name_th as step_th,
         name_en as step_en
  from warehouse.definition.picklists where picklist = 'fund_step'),
done as (
  select fiscal_year, project_no, fund_step, max(checked_date) as done_on, count(*) as times
  from fund_checks($filters, $reader) join shown using (fiscal_year, project_no) where checked_date <= on_day group by all)
select on_day, fiscal_year, project_no, group_name, s.village_code, v.name_th as village_th,
       v.name_en as village_en, received_date, fund_step, stage, position, step_th, step_en, done_on,
       coalesce(times, 0) as times, (select count(*) from loans) as total
from shown s cross join steps left join done using (fiscal_year, project_no, fund_step)
left join warehouse.place v on v.code = s.village_code
order by received_date desc nulls last, fiscal_year desc, project_no, position
