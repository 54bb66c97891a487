-- Households that lie outside the areas, before or after, of which the two builds do not say the same.
-- Reads: now.corrected, now.household, now.load, now.refused, was.corrected, was.household, was.load, was.refused
-- Writes: changed_household, changed_place, changed_refused
create temp table changed_household as
with said as ({told}),
lies as (select register_year, household_id, village_code from was.household
         union select register_year, household_id, village_code from now.household)
select distinct register_year, household_id
from (select told, register_year, household_id, content from said group by all having count(*) = 1)
join lies using (register_year, household_id)
where not within(village_code);

-- Villages, official outlines and published figures outside the areas, of which they do not say the same.
create temp table changed_place as
with said as ({places})
select distinct code from (select told, code, content from said group by all having count(*) = 1) where not within(code);

-- Refused rows outside the areas that a correction takes away, that a newer file no longer has, or that a file brings: they
-- wait for whoever answers for them. A row of a file that stays as it is may be kept now, or no more, with its household, which
-- is held above.
create temp table changed_refused as
with kept as (select 'was' as side, file, sheet, cells, area from was.refused
              union all select 'now', file, sheet, cells, area from now.refused),
stays as (select file, checksum from was.load intersect select file, checksum from now.load)
select abs(count(*) filter (side = 'now') - count(*) filter (side = 'was')) as "rows" from kept
where file not in (select file from stays)
group by file, sheet, cells having not bool_and(within(coalesce(area, ''))) and "rows" > 0
union all
select 1 from was.refused where not within(coalesce(area, ''))
  and (file, sheet, "row") in (from now.corrected) and (file, sheet, "row") not in (from was.corrected);
