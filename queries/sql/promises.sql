-- Plan items not done yet, overdue ones first: one row per item.
-- Tells: cases
select p.ref, p.village_code, t.name_th as tambon_th, t.name_en as tambon_en, p.aspect, p.activity, coalesce(p.owner, '') as owner,
       p.due_date, p.status, p.overdue, p.as_of - p.due_date as days_late, p.as_of, count(*) over () as total
from chosen_plan_items($filters, $reader) p left join warehouse.place t on t.code = p.tambon_code
where p.status <> 'done' and p.closed_date is null
order by p.overdue desc, p.due_date nulls last, p.ref, p.item_no limit $limit offset $offset
