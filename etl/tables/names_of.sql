-- What people wrote in their own words may name the family. Beside each such text stands, where it differs, the text without
-- the names of its own household: <column>_masked, null where nothing had to go. Names of two letters stay: มี or ดี is in
-- every sentence.
-- Reads: household_10_kept, person_10_kept
-- Writes: names_of

-- One row per household in whose texts one of its people is named: their names, longest first, so that no part of one stands.
create table names_of as
with bearer as (
  select register_year, household_id, head_first_name as first, head_last_name as last from household_10_kept
  union all select register_year, household_id, first_name, last_name from person_10_kept),
written as ({written}),
told_of as (
  select register_year, household_id from written join bearer using (register_year, household_id)
  where length(first) >= 3 and contains(text, first) or length(last) >= 3 and contains(text, last))
select register_year, household_id, list(distinct n order by length(n) desc, n) as names
from (select register_year, household_id, unnest([first, last]) as n
      from bearer semi join told_of using (register_year, household_id))
where length(n) >= 3 group by all;
