-- Forums as the register would have them: one row per forum that counts and is in no register yet.
-- Tells: cases
-- Computes: hidden
-- Years: fiscal
-- With `every` all rows of the register. hidden: a citizen ID stands in it, so that it cannot be told whole.
select assessed_year, village_code, forum_no, forum_date, forum_people, forum_note, entries,
       without_ids(coalesce(forum_note, '')) <> coalesce(forum_note, '') as hidden
from (
  select assessed_year, village_code, forum_no, forum_date, forum_people, forum_note, entries
  from chosen_village_forums($filters, $reader) where $every <> ''
  union all by name
  select assessed_year, village_code, forum_no, held_on as forum_date, people as forum_people, entry as entries
  from chosen_held_forums($filters, $reader)
  where not listed and entry in (select entry from chosen_place_records($filters, $reader) where filing = 'ready'))
order by assessed_year, village_code, forum_no
