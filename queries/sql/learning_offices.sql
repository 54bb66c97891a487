-- Districts whose office keeps anything of its learning: one row per district, the largest staff first; whatever is chosen.
-- Tells: counts
-- Computes: code, name_th, name_en, staff, lessons
select district_code as code, p.name_th, p.name_en, count(*) filter (what = 'staff') as staff,
       count(*) filter (what = 'lesson') as lessons
from (select district_code, 'staff' as what from chosen_staffs($filters, $reader)
      union all select district_code, 'lesson' from chosen_lessons($filters, $reader)
      union all select district_code, 'path' from chosen_learning_paths($filters, $reader))
left join warehouse.place p on p.code = district_code
group by all order by staff desc, lessons desc, code
