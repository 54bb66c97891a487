-- One screen of households, found by name, place, house number or code: one row per household, `total` households in all.
-- Tells: cases
-- Computes: village_th, village_en, tambon_th, tambon_en, overdue_items, alike, total
-- A reader who may not see names or addresses cannot search by them. `alike` are those whose head only sounds like what was
-- typed; they stand behind the others. By place alone the engine stops reading where the screen is full.
with place as (from warehouse.place),
named_so as (select code from place where $search <> '' and (contains(name_th, searched_place($search))
  or contains(lower(name_en), searched_place($search)))),
one as materialized (from sounding_like($reader, split_part(searched_name($search), ' ', 1))),
two as materialized (from sounding_like($reader, split_part(searched_name($search), ' ', 2))),
found as not materialized (  -- the keys only: what a row shows is looked up for one screen of them
  select home, ref, village_code, house_order($reader, house_no) as house,
         case $sort when 'deprived' then -cast(deprived as int)
           when 'overdue' then -(coalesce(plan_overdue, 0) + steps_overdue) end as worst,
         case $sort when 'movement' then last_movement end as stillest,
         case when $sort = 'name' and $reader['name'] then concat_ws(' ', head_first_name, head_last_name) end as called,
         is_typed($reader, $search, ref, village_code, village_code in (from named_so) or tambon_code in (from named_so),
           house_no, concat_ws(' ', head_first_name, head_last_name)) as exact,
         $search <> '' and if(split_part(searched_name($search), ' ', 2) = '', head_first_name in (from one)
           or head_last_name in (from one), head_first_name in (from one) and head_last_name in (from two)) as heard
  from chosen_households($filters, $reader)),
matching as not materialized (select *, not exact as alike from found where exact or heard),
first as ((from matching where $sort = 'place' and $search = '' order by village_code, house, ref limit $limit offset $offset)
  union all (from matching where $sort <> 'place' or $search <> ''
    order by alike, worst, stillest, called collate th, village_code, house, ref limit $limit offset $offset)),
screen as (select home, alike,
  row_number() over (order by alike, worst, stillest, called collate th, village_code, house, ref) as position from first)
select h.ref, head_title, head_first_name, head_last_name, house_no, village_moo, v.name_th as village_th,
       v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en, village_code, people, deprived, health, living,
       education, income, access,
       source, certification, certification_kept, plan, "case", coalesce(plan_overdue, 0) + steps_overdue as overdue_items,
       last_movement, as_of, screen.alike, (select count(*) from matching where $search <> '') + (select cast(coalesce(
         sum(households), 0) as bigint) from chosen_tallies($filters, $reader) where $search = '') as total
from screen join visible_households($reader) h using (home) left join place v on v.code = village_code
left join place t on t.code = tambon_code order by screen.position
