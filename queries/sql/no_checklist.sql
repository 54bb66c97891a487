-- Certified households with an open case that follow no template of steps yet, by place: one row per household.
-- Tells: cases
-- Computes: village_th, village_en, tambon_th, tambon_en, total
with open_ones as (
  select ref, head_title, head_first_name, head_last_name, house_no, village_code, tambon_code, health, living, education,
         income, access, house_order($reader, house_no) as house
  from chosen_households($filters, $reader)
  where certification = 'certified' and "case" <> 'closed' and template is null),
screen as (
  select *, count(*) over () as total from open_ones order by village_code, house, ref limit $limit offset $offset)
select s.ref, s.head_title, s.head_first_name, s.head_last_name, s.house_no, s.village_code, s.tambon_code, s.health, s.living,
       s.education, s.income, s.access, v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th,
       t.name_en as tambon_en, s.total
from screen s left join warehouse.place v on v.code = s.village_code left join warehouse.place t on t.code = s.tambon_code
order by s.village_code, s.house, s.ref
