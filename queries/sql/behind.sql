-- The households behind a figure, village by village: one row each of those that count as all of `words`, `total` in all.
-- Tells: cases
-- Computes: village_th, village_en, tambon_th, tambon_en, total, counted, total_counted, of_none
-- counted is what each adds to the figure: itself, its people or its things; total_counted their sum, of_none how much of it is
-- of no household. target_people are the members who are target poor people, people_named who they are.
with matching as not materialized (from behind_figure($filters, $reader, $words)),
counted as (
  select count(home) as total, cast(coalesce(sum(counted), 0) as bigint) as total_counted,
         cast(coalesce(sum(counted) filter (home is null), 0) as bigint) as of_none from matching),
screen as (
  select m.home, m.counted, row_number() over (order by m.village_code, house_order($reader, h.house_no), m.ref) as position
  from matching m join visible_households($reader) h using (home) order by position limit $limit offset $offset),
target as (
  select home, string_agg(concat_ws(' ', first_name, last_name), ', ' order by member_no) as people_named
  from people_of((select list(home) from screen), $reader) where is_target group by home)
select h.ref, h.head_title, h.head_first_name, h.head_last_name, h.house_no, h.village_code, h.village_moo,
       v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en, h.target_people,
       target.people_named, screen.counted, total, total_counted, of_none
from screen cross join counted join visible_households($reader) h using (home) left join target using (home)
left join warehouse.place v on v.code = h.village_code left join warehouse.place t on t.code = h.tambon_code
order by screen.position
