-- The women's fund on a day: one row per kind of money, then both together (fund_kind ''): projects, groups, baht.
-- Tells: counts
-- Computes: on_day, projects, groups, approved, paid, outstanding, late, late_projects, latest
-- Years: fiscal
with day as (from fund_days($filters, $reader, $day)),
standing as not materialized (select * from fund_standing($filters, $reader, (select on_day from day)))
select on_day, latest, s.*
from day, (
  select coalesce(fund_kind, '') as fund_kind, count(*) as projects, count(distinct (village_code, group_name)) as groups,
         sum(approved_amount) as approved, sum(paid) as paid, sum(outstanding) as outstanding, sum(late) as late,
         count(*) filter (late > 0) as late_projects
  from standing group by grouping sets (fund_kind, ())) s
order by fund_kind = '', fund_kind desc
