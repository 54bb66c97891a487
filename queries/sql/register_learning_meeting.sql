-- Steps of the learning path as the register would have them: one row per subject and day with what is in no register yet.
-- Tells: cases
-- Computes: hidden
-- With `every` all rows of the register. hidden: a citizen ID stands in it, so that it cannot be told whole.
select district_code, path_no, met_date, learning_step, teacher, learning_source, drawn_lesson, learning_note,
       nullif(concat_ws(' ', entries, unentered), '') as entries,
       without_ids(concat_ws(' | ', path_no, teacher, drawn_lesson, learning_note))
         <> concat_ws(' | ', path_no, teacher, drawn_lesson, learning_note) as hidden
from chosen_learning_meetings($filters, $reader) where unentered is not null or $every <> ''
order by district_code, path_no, met_date
