-- Assessments of villages as the register would have them: one row per forum that counts and is in no register yet.
-- Tells: cases
-- Computes: hidden
-- Years: fiscal
-- With `every` all rows of the register. What a forum does not say (households, a level) stays blank.
with ready as (
  select assessed_year, village_code, instrument, assessment_round, held_on, entry
  from chosen_held_forums($filters, $reader)
  where entry in (select entry from chosen_place_records($filters, $reader) where filing = 'ready'))
select assessed_year, village_code, instrument, assessment_round, assessed_date, assessed_households, stated_level, entries,
       false as hidden
from (
  select assessed_year, village_code, instrument, assessment_round, assessed_date, assessed_households, stated_level, entries
  from chosen_village_assessments($filters, $reader) anti join ready using (assessed_year, village_code, instrument,
    assessment_round) where $every <> ''
  union all by name
  select assessed_year, village_code, instrument, assessment_round, held_on as assessed_date, entry as entries from ready)
order by assessed_year, village_code, instrument, assessment_round
