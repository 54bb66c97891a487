-- Where villages are: one row per village. The village register says it; else the middle of its households, to two decimals
-- (a kilometre): a village of one household on the list must not give away its door.
-- Reads: household_10_kept, misplaced, village_10_kept
-- Writes: village_point
create view village_point as
with known as (
  select distinct village_code as code from household_10_kept
  union select village_code from village_10_kept where village_code[1:4] in (select village_code[1:4] from household_10_kept)),
told as (select village_code as code, max(longitude) as lon, max(latitude) as lat from village_10_kept
  where latitude is not null and longitude is not null and row_id not in (from misplaced) group by all),
homes as (
  select village_code as code, round(avg(longitude), 2) as lon, round(avg(latitude), 2) as lat
  from household_10_kept where latitude is not null and longitude is not null and row_id not in (from misplaced) group by all)
select code, coalesce(told.lon, homes.lon) as lon, coalesce(told.lat, homes.lat) as lat,
       if(told.lon is null, 'household_points', 'village_register') as source
from known left join told using (code) left join homes using (code)
where coalesce(told.lon, homes.lon) is not null
order by code;
