-- Plan items not done yet, overdue ones first: one row per item.
-- Tells: cases
-- Computes: days_late, tambon_th, tambon_en, total, total_overdue
with owed as not materialized (
  select ref, village_code, tambon_code, aspect, activity, coalesce(owner, '') as owner, due_date, status, overdue,
         as_of - due_date as days_late, as_of, item_no
  from chosen_plan_items($filters, $reader) where status <> 'done' and closed_date is null),
first as (from owed order by overdue desc, due_date nulls last, ref, item_no limit $limit offset $offset)
select f.* exclude (item_no, tambon_code), t.name_th as tambon_th, t.name_en as tambon_en, (select count(*) from owed) as total,
       (select count(*) from owed where overdue) as total_overdue
from first f left join warehouse.place t on t.code = tambon_code
order by overdue desc, due_date nulls last, ref, item_no
