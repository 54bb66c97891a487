-- What is promised to the chosen households and late, the longest first: one row per open plan item, case step and action.
-- Tells: cases
-- Computes: days_late, village_th, village_en, tambon_th, tambon_en, total
with owed as (
  select *, as_of - due_date as days_late, count(*) over () as total from chosen_promises($filters, $reader) where overdue
  order by days_late desc, ref, thing limit $limit offset $offset)
select o.kind, o.thing, o.aspect, o.activity, o.template, o.step, o.owner, o.due_date, o.days_late, o.status, o.ref,
  o.village_code,
       v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en, o.as_of, o.total
from owed o left join warehouse.place t on t.code = o.tambon_code left join warehouse.place v on v.code = o.village_code
order by o.days_late desc, o.ref, o.thing
