-- One screen of households, found by name, place, house number or code: one row per household, `total` households in all.
-- Tells: cases
-- Computes: village_th, village_en, tambon_th, tambon_en, overdue_items, alike, total
-- A reader who may not see names or addresses cannot search by them. `alike` are those whose head only sounds like what was
-- typed; they stand behind the others. By place alone the engine stops reading where the screen is full.
with place as (from warehouse.place),
matching as not materialized (  -- the keys only: what a row shows is looked up for one screen of them
  from matching_households($filters, $reader, $search, $sort)),
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
