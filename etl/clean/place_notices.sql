-- What households and villages say of their place that cannot be so: nothing is refused for it.
-- Reads: household_6_known, place, village_6_known
-- Appends: fault

-- Codes join, names do not: a name that says something else than its code is listed, and the code is used.
insert into fault
select 'household', h.row_id, h.sheet_no, named.column_name, 'place_disagrees', 'notice', named.found, place.name_th
from household_6_known h,
     lateral (values ('village_name', village_name, village_code), ('tambon_name', tambon_name, village_code[1:6]),
                     ('district_name', district_name, village_code[1:4]),
                     ('province_name', province_name, village_code[1:2])) named(column_name, found, code)
join (select code, name_th from place union all select village_code, village_name from village_6_known) place
  on place.code = named.code
where without_rank(named.found) <> without_rank(place.name_th);

-- The box around Thailand, degrees: 5.5–20.6 north, 97.3–105.7 east. What lies in it only the other way round was swapped;
-- points in the box are held against the outlines of the districts afterwards. A point stands in `found` alone: that is masked.
insert into fault
with spot as (
  select 'household' as register, row_id, sheet_no, latitude, longitude from household_6_known
  where latitude + longitude is not null
  union all
  select 'village', row_id, sheet_no, latitude, longitude from village_6_known where latitude + longitude is not null)
select register, row_id, sheet_no, 'latitude',
       if(longitude between 5.5 and 20.6 and latitude between 97.3 and 105.7, 'swapped_coordinates', 'outside_thailand'),
       'warning', concat(latitude, ', ', longitude), ''
from spot where not (latitude between 5.5 and 20.6 and longitude between 97.3 and 105.7);
