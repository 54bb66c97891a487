-- Households of the areas that a load takes away: one row per year and village, with how many and who they are.
-- Reads: now.household, was.household, was.place
-- Writes: leaving
create temp table leaving as
select w.register_year, w.village_code, any_value(v.name_th) as village_th, any_value(v.name_en) as village_en,
       any_value(t.name_th) as tambon_th, any_value(t.name_en) as tambon_en, count(*) as households,
       list(coalesce(nullif(trim(concat(w.head_title, w.head_first_name, ' ', w.head_last_name)), ''),
                     'บ้านเลขที่ ' || w.house_no, without_ids(w.household_id)) order by w.household_id)[1:{named}] as who
from was.household w anti join now.household n on n.register_year = w.register_year and n.household_id = w.household_id
left join was.place v on v.code = w.village_code and v.level = 'village'
left join was.place t on t.code = w.village_code[1:6] and t.level = 'tambon'
where within(w.village_code) group by w.register_year, w.village_code order by w.register_year desc, w.village_code;
