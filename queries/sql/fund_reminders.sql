-- Instalments of which somebody is to be told on a day, as the ป ต ท model says: one row per instalment, those not told first.
-- Tells: cases
-- Computes: on_day, still_owed, tell, days_left, told, total, village_th, village_en
-- Years: fiscal
-- `tell` is the step that it is time for: a month, 15 or 7 days before it falls due; told, the day on which that was done.
with day as (from fund_days($filters, $reader, $day)),
near as materialized (
  select d.*, on_day from chosen_fund_dues($filters, $reader) d, day
  where on_day between instalment_due - interval 1 month and instalment_due),
due as materialized (
  select near.*, greatest(0, least(instalment_amount, up_to - paid)) as still_owed, instalment_due - on_day as days_left,
         case when on_day >= instalment_due - interval 7 day then 'follow_told_7'
              when on_day >= instalment_due - interval 15 day then 'follow_told_15' else 'follow_told_month' end as tell
  from near join chosen_fund_standings($filters, $reader) using (fiscal_year, project_no)
  where on_day between from_day and upto_day and still_owed > 0),
told as (
  select fiscal_year, project_no, instalment_no, max(checked_date) as told
  from due join fund_checks($filters, $reader) c using (fiscal_year, project_no)
  where c.fund_step = due.tell and c.checked_date between instalment_due - interval 45 day and on_day group by all)
select d.on_day, d.tell, d.days_left, told, fiscal_year, project_no, p.village_code, v.name_th as village_th,
       v.name_en as village_en, group_name, guardian, instalment_no, instalment_due, instalment_amount, still_owed,
       count(*) over () as total
from due d join chosen_fund_projects($filters, $reader) p using (fiscal_year, project_no)
left join told using (fiscal_year, project_no, instalment_no) left join warehouse.place v on v.code = p.village_code
order by told is not null, guardian nulls last, instalment_due, fiscal_year, project_no, instalment_no
limit $limit offset $offset
