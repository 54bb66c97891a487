-- One screen of households, found by name, place, house number or code: one row per household, `total` households in all.
-- Tells: cases
-- Computes: village_th, village_en, tambon_th, tambon_en, overdue_items, alike, total
-- A reader who may not see names or addresses cannot search by them. `alike` are those whose head only sounds like what was
-- typed; they stand behind the others.
with place as (from warehouse.place),
named_so as (
  select code from place where $search <> '' and searched_place($search) <> ''
    and (contains(name_th, searched_place($search)) or contains(lower(name_en), searched_place($search)))),
spoken_first as materialized (from sounding_like($reader, split_part(searched_name($search), ' ', 1))),
spoken_last as materialized (from sounding_like($reader, split_part(searched_name($search), ' ', 2))),
found as not materialized (  -- the keys only: what a row shows is looked up for one screen of them
  select home, ref, village_code, house_order($reader, house_no) as house,
         case $sort when 'deprived' then -cast(deprived as int)
           when 'overdue' then -(coalesce(plan_overdue, 0) + steps_overdue) end as worst,
         case $sort when 'movement' then last_movement end as stillest,
         case when $sort = 'name' and $reader['name'] then concat_ws(' ', head_first_name, head_last_name) end as called,
         $search = ''
         or (searched_code($search) <> '' and starts_with(ref, searched_code($search)))
         or ((searched_moo($search) is not null or searched_house($search) = '' or searched_place($search) <> '')
             and (searched_moo($search) is not null or searched_place($search) <> '')
             and (searched_moo($search) is null or try_cast(village_code[7:8] as int) = searched_moo($search))
             and (searched_place($search) = '' or village_code in (from named_so) or tambon_code in (from named_so))
             and (searched_house($search) = '' or ($reader['address'] and starts_with(house_no, searched_house($search)))))
         or ($reader['name'] and contains(concat_ws(' ', head_first_name, head_last_name), searched_name($search)))
         or ($reader['address'] and searched_house($search) <> '' and searched_moo($search) is null
             and searched_place($search) = '' and starts_with(house_no, searched_house($search))) as exact,
         $search <> '' and case when split_part(searched_name($search), ' ', 2) = ''
           then head_first_name in (from spoken_first) or head_last_name in (from spoken_first)
           else head_first_name in (from spoken_first) and head_last_name in (from spoken_last) end as heard
  from chosen_households($filters, $reader)),
matching as not materialized (select *, not exact as alike from found where exact or heard),
first as (  -- by place alone the engine stops reading where the screen is full
  (from matching where $sort = 'place' and $search = '' order by village_code, house, ref limit $limit offset $offset)
  union all
  (from matching where $sort = 'place' and $search <> '' order by alike, village_code, house, ref
    limit $limit offset $offset)
  union all
  (from matching where $sort <> 'place' order by alike, worst, stillest, called collate th, village_code, house, ref
    limit $limit offset $offset)),
screen as (
  select home, alike, row_number() over (order by alike, worst, stillest, called collate th, village_code, house, ref) as position
  from first)
select h.ref, head_title, head_first_name, head_last_name, house_no, village_moo, v.name_th as village_th,
       v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en, village_code, people, deprived, health, living,
       education, income, access, source, certification, certification_kept, plan,
       "case", coalesce(plan_overdue, 0) + steps_overdue as overdue_items,
       last_movement, as_of, screen.alike, (select count(*) from matching where $search <> '')
         + (select cast(coalesce(sum(households), 0) as bigint) from chosen_tallies($filters, $reader)
           where $search = '') as total
from screen join visible_households($reader) h using (home)
left join place v on v.code = village_code left join place t on t.code = tambon_code
order by screen.position
