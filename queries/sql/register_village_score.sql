-- Scores of villages as the register would have them: one row per item of a forum that counts and is in no register yet.
-- Tells: cases
-- Computes: hidden
-- Years: fiscal
-- With `every` all rows of the register. Hands stay in the journal: the register has no column of them.
with ready as (
  select assessed_year, village_code, instrument, assessment_round, forum, main_items
  from chosen_held_forums($filters, $reader)
  where entry in (select entry from chosen_place_records($filters, $reader) where filing = 'ready'))
select assessed_year, village_code, instrument, assessment_round, item, item_name, item_aspect, item_main, item_score,
       item_households, entries, false as hidden
from (
  select assessed_year, village_code, instrument, assessment_round, item, item_name, item_aspect, item_main, item_score,
         item_households, entries
  from chosen_village_scores($filters, $reader) anti join ready using (assessed_year, village_code, instrument,
    assessment_round) where $every <> ''
  union all by name
  select assessed_year, village_code, instrument, assessment_round, item, score as item_score, entry as entries,
         if(main_items is null, null, if(list_contains(string_split(main_items, ','), item), 'main', 'other')) as item_main
  from (select forum, item, score, entry from chosen_held_scores($filters, $reader)) join ready using (forum))
order by assessed_year, village_code, instrument, assessment_round, len(item), item
