-- Pre-aggregate: one row per village, register year and combination of dimensions, with the number of households and sums of
-- their people (definitions/tally.sql). Questions that only count read this, a third of the rows at most.
-- Reads: out.household
-- Writes: out.tally
create type if not exists out.state as enum ('deprived', 'not_deprived', 'no_data');
create table out.tally as
with now as (select rowid as home, * from out.household),
was as (
  select now.rowid as home, was.village_code as was_village, was.health as health_was, was.living as living_was,
         was.education as education_was, was.income as income_was, was.access as access_was
  from out.household now join out.household was on was.household_id = now.household_id
    and was.register_year = now.register_year - 1
  where now.register_year > (select min(register_year) from out.household))
{tally};
