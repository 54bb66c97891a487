-- What was to follow and what is left of it on a day, by cause: one row per cause that there is, in their order.
-- Tells: counts
-- Computes: on_day, cause_th, cause_en, position, villages, settled, to_follow, by_repayment, by_settling, still_to_follow
-- Years: fiscal
with day as (from debt_days($filters, $reader, $day)),
causes as (
  select "value" as debt_cause, cast(position as int) as position, name_th as cause_th, name_en as cause_en
  from warehouse.definition.picklists where picklist = 'debt_cause')
select (select on_day from day) as on_day, debt_cause, position, cause_th, cause_en, count(village_code) as villages,
       count(settled_on) as settled, coalesce(sum(amount_to_follow), 0) as to_follow,
       coalesce(sum(by_repayment), 0) as by_repayment, coalesce(sum(by_settling), 0) as by_settling,
       coalesce(sum(still_to_follow), 0) as still_to_follow
from causes left join debt_standing($filters, $reader, (select on_day from day)) using (debt_cause)
group by all order by position
