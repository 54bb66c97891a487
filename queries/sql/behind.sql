-- The households behind a figure, village by village: one row each of those that count as all of `words`, `total` in all.
-- Tells: cases
-- Computes: village_th, village_en, tambon_th, tambon_en, total, total_people
-- target_people are the members who are target poor people, people_named who they are; total_people is their sum.
with matching as not materialized (
  select home, ref, village_code, target_people from chosen_standings($filters, $reader)
  where $words = '' or list_has_all(list_concat(words, parts), string_split($words, '|'))),
counted as (select count(*) as total, cast(coalesce(sum(target_people), 0) as bigint) as total_people from matching),
screen as (
  select m.home, row_number() over (order by m.village_code, house_order($reader, h.house_no), m.ref) as position
  from matching m join visible_households($reader) h using (home) order by position limit $limit offset $offset),
target as (
  select home, string_agg(concat_ws(' ', first_name, last_name), ', ' order by member_no) as people_named
  from people_of((select list(home) from screen), $reader) where is_target group by home)
select h.ref, h.head_title, h.head_first_name, h.head_last_name, h.house_no, h.village_code, h.village_moo,
       v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en, h.target_people,
       target.people_named, total, total_people
from screen cross join counted join visible_households($reader) h using (home) left join target using (home)
left join warehouse.place v on v.code = h.village_code left join warehouse.place t on t.code = h.tambon_code
order by screen.position
