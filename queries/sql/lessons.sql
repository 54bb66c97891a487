-- Lessons of the chosen offices, what fits best first: one row per lesson, `total` in all.
-- Tells: cases
-- Computes: on_day, district_th, district_en, learned, fits_need, score, total
-- `about`: words; `need`: for one dimension alone; `household`: those for what it lacks, and those of the words. learned:
-- how many subjects of colleagues drew it. Without words, need and household it has all.
with own as (select own_needs($reader, $household) as needs),
found as (select * from lessons_found($filters, $reader, $about)),
drawn as (
  select district_code, drawn_lesson as lesson_no, count(distinct path_no) as learned
  from chosen_learning_meetings($filters, $reader) where drawn_lesson is not null group by all)
select learning_day($filters, $reader, '') as on_day, l.district_code, d.name_th as district_th, d.name_en as district_en,
       l.lesson_no, l.lesson_title, l.lesson_need, l.lesson_text, l.attachment, l.drawn_date, l.known_by, s.staff_name,
       coalesce(learned, 0) as learned, coalesce(list_contains(own.needs, l.lesson_need), false) as fits_need,
       coalesce(round(score, 6), 0) as score, count(*) over () as total
from chosen_lessons($filters, $reader) l left join found using (district_code, lesson_no)
left join drawn using (district_code, lesson_no)
left join chosen_staffs($filters, $reader) s on s.district_code = l.district_code and s.staff_no = l.known_by
left join warehouse.place d on d.code = l.district_code, own
where ($need = '' or l.lesson_need = $need)
  and (($about = '' and $household = '') or score > 0 or list_contains(own.needs, l.lesson_need))
order by score desc, fits_need desc, l.district_code,
         list_transform(string_split(l.lesson_no, '.'), lambda c: coalesce(try_cast(c as int), 0)), l.lesson_no
limit $limit offset $offset
