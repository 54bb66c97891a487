-- One row per household with listed members: how many, and how many of them hold a validated welfare card.
-- Reads: person_10_kept
-- Writes: member_count
create table member_count as
select register_year, household_id, cast(count(*) as usmallint) as listed_members,
       case when bool_or(welfare_card is not null)
         then cast(count(*) filter (welfare_card = 'validated') as usmallint) end as validated_cards
from person_10_kept group by all;
