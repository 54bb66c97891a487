-- One row per household of the areas that either build has: where it was and is, and whether anything that counts changed.
-- Reads: household_change, now.definition.dimensions, now.household, now.place, was.household
-- Writes: dimension_change, household_change, place_change, total_change
create temp table household_change as
select coalesce(n.register_year, w.register_year) as register_year, coalesce(n.district_code, w.district_code) as district_code,
       w.household_id is not null as before, n.household_id is not null as after,
       w.village_code <> n.village_code as moved,
       w.household_id is not null and n.household_id is not null
         and (w.health, w.living, w.education, w.income, w.access) 
           <> (n.health, n.living, n.education, n.income, n.access) as retagged,
       w.household_id is not null and n.household_id is not null 
         and w.certification is distinct from n.certification as recertified,
       w.certification = 'certified' as certified_before, n.certification = 'certified' as certified_after
from now.household n full join was.household w on w.register_year = n.register_year and w.household_id = n.household_id
where within(n.village_code) or within(w.village_code);

create temp table total_change as
select count(*) filter (before) as before, count(*) filter (after) as after, count(*) filter (after and not before) as added,
       count(*) filter (before and not after) as gone, count(*) filter (moved) as moved, count(*) filter (retagged) as retagged,
       count(*) filter (recertified) as recertified, count(*) filter (certified_before) as certified_before,
       count(*) filter (certified_after) as certified_after
from household_change;

create temp table place_change as
select register_year, district_code, p.name_th, p.name_en, count(*) filter (before) as before, count(*) filter (after) as after,
       count(*) filter (after and not before) as added, count(*) filter (before and not after) as gone,
       count(*) filter (certified_before) as certified_before, count(*) filter (certified_after) as certified_after
from household_change left join now.place p on p.code = district_code and p.level = 'district' group by all
having bool_or(not before or not after or moved or retagged or recertified)
order by register_year desc, district_code;

create temp table dimension_change as
with was as (unpivot (from was.household where within(village_code))
             on health, living, education, income, access into name dimension value state),
     now_ as (unpivot (from now.household where within(village_code))
              on health, living, education, income, access into name dimension value state)
select d.dimension, (select count(*) from was where was.dimension = d.dimension and state = 'deprived') as before,
       (select count(*) from now_ where now_.dimension = d.dimension and state = 'deprived') as after
from now.definition.dimensions d order by cast(position as int);
