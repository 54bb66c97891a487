-- What assessments of villages come to by the items that were scored: the definitions' rules, applied once for every reader.
-- Reads: out.village_assessment, out.village_score
-- Writes: out.village_item, out.village_level
-- One row per item that was scored in an assessment.
create table out.village_item as
with assessed as (from out.village_assessment), scores as (from out.village_score)
{items_scored}
order by a.instrument, a.village_code, a.assessed_year, a.assessment_round, position, s.item;

-- One row per assessment: year, village, instrument and round.
create table out.village_level as
with assessed as (
  select assessed_year, village_code, instrument, assessment_round, assessed_date, assessed_households, stated_level
  from out.village_assessment)
from ({levels}) order by instrument, village_code, assessed_year, assessment_round;
