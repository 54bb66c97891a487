-- One screen of households, found by name, house number or village: one row per household, `total` households in all.
-- A reader who may not see names or addresses cannot search by them.
with named as (
  select h.*, v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en
  from chosen_households($filters, $reader) h
  left join warehouse.place v on v.code = h.village_code left join warehouse.place t on t.code = h.tambon_code)
select ref, head_title, head_first_name, head_last_name, house_no, village_moo, village_th, village_en, tambon_th, tambon_en,
       village_code, people, deprived, health, living, education, income, access, source, certification, plan, "case",
       plan_overdue + steps_overdue as overdue_items, last_movement, as_of, count(*) over () as total
from named
where $search = '' or contains(village_th, $search) or contains(tambon_th, $search) or contains(lower(village_en), lower($search))
   or ($reader['name'] and contains(concat_ws(' ', head_first_name, head_last_name), $search))
   or ($reader['address'] and starts_with(house_no, $search))
order by case $sort when 'deprived' then -deprived when 'overdue' then -(plan_overdue + steps_overdue) end,
         case $sort when 'movement' then last_movement end,
         case $sort when 'name' then if($reader['name'], concat_ws(' ', head_first_name, head_last_name), ref) end collate th,
         village_code, lpad(coalesce(regexp_extract(house_no, '^[0-9]+'), ''), 5, '0'), ref
limit $limit offset $offset
