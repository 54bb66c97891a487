-- Whom to visit, overdue ones first: one row per chosen household whose case is not closed, `total` in all.
-- Tells: cases
-- Computes: village_th, village_en, tambon_th, tambon_en, overdue_items, next_due, total
-- `search` is one mentor team, exactly as it is written, '' for all; a reader who may not read free text cannot ask for one.
-- next_due is the earliest day on which something is promised to the household and not done.
with owed as (select home, min(due_date) as next_due from chosen_promises($filters, $reader) group by home),
matching as (
  select h.ref, head_title, head_first_name, head_last_name, house_no, phone, village_code, village_moo, tambon_code, mentor,
         people, health, living, education, income, access, certification, certification_kept, "case",
         coalesce(plan_overdue, 0) + steps_overdue as overdue_items, next_due, last_movement, as_of,
         house_order($reader, house_no) as house, count(*) over () as total
  from chosen_households($filters, $reader) h left join owed using (home)
  where "case" <> 'closed' and ($search = '' or ($reader['text'] and mentor = $search))
  order by overdue_items desc, next_due nulls last, village_code, house, ref limit $limit)
select m.* exclude (tambon_code, house, total), v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th,
       t.name_en as tambon_en, m.total
from matching m left join warehouse.place v on v.code = village_code left join warehouse.place t on t.code = tambon_code
order by overdue_items desc, next_due nulls last, village_code, house, ref
