-- Households that lie outside the areas, before or after, of which the two builds do not say the same.
create temp table changed_household as
with said as ({told}),
lies as (select register_year, household_id, village_code from was.household union select register_year, household_id, village_code from now.household)
select distinct register_year, household_id
from (select told, register_year, household_id, content from said group by all having count(*) = 1) join lies using (register_year, household_id)
where not within(village_code);

-- Villages, official outlines and published figures outside the areas, of which they do not say the same.
create temp table changed_place as
with said as ({places})
select distinct code from (select told, code, content from said group by all having count(*) = 1) where not within(code);
