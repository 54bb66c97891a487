-- One screen of households, found by name, house number or village: one row per household, `total` households in all.
-- Tells: cases
-- Computes: village_th, village_en, tambon_th, tambon_en, overdue_items, total
-- A reader who may not see names or addresses cannot search by them.
with place as (from warehouse.place),
named_so as (select code from place where $search <> '' and (contains(name_th, $search) or contains(lower(name_en),
  lower($search)))),
matching as not materialized (  -- the keys only: what a row shows is looked up for one screen of them
  select home, ref, village_code, house_order($reader, house_no) as house,
         case $sort when 'deprived' then -cast(deprived as int)
           when 'overdue' then -(coalesce(plan_overdue, 0) + steps_overdue) end as worst,
         case $sort when 'movement' then last_movement end as stillest,
         case when $sort = 'name' and $reader['name'] then concat_ws(' ', head_first_name, head_last_name) end as called
  from chosen_households($filters, $reader)
  where $search = '' or village_code in (from named_so) or tambon_code in (from named_so)
     or ($reader['name'] and contains(concat_ws(' ', head_first_name, head_last_name), $search))
     or ($reader['address'] and starts_with(house_no, $search))),
first as (  -- by place alone the engine stops reading where the screen is full
  (from matching where $sort = 'place' order by village_code, house, ref limit $limit offset $offset)
  union all
  (from matching where $sort <> 'place' order by worst, stillest, called collate th, village_code, house, ref
    limit $limit offset $offset)),
screen as (select home, row_number() over (order by worst, stillest, called collate th, village_code, house, ref) as position
  from first)
select h.ref, head_title, head_first_name, head_last_name, house_no, village_moo, v.name_th as village_th,
       v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en, village_code, people, deprived, health, living,
       education, income, access, source, certification, certification_kept, plan,
       "case", coalesce(plan_overdue, 0) + steps_overdue as overdue_items,
       last_movement, as_of, (select count(*) from matching where $search <> '')
         + (select cast(coalesce(sum(households), 0) as bigint) from chosen_tallies($filters, $reader)
           where $search = '') as total
from screen join visible_households($reader) h using (home)
left join place v on v.code = village_code left join place t on t.code = tambon_code
order by screen.position
