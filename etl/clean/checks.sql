-- Faults that no single record shows: one row per fault, appended to those found while typing.
-- <register>_sound are the records without an error so far; each statement sees what the ones before it refused.

insert into fault
select 'household', row_id, sheet_no, 'village_code', 'unknown_village', 'error', village_code, ''
from household_sound where village_code[1:6] not in (select code from place where level = 'tambon');

insert into fault
select 'village', row_id, sheet_no, 'village_code', 'unknown_village', 'error', village_code, ''
from village_sound where village_code[1:6] not in (select code from place where level = 'tambon');

-- Codes join, names do not: a name that says something else than its code is listed, and the code is used.
insert into fault
select 'household', h.row_id, h.sheet_no, named.column_name, 'place_disagrees', 'notice', named.found, place.name_th
from household_sound h,
     lateral (values ('village_name', village_name, village_code), ('tambon_name', tambon_name, village_code[1:6]),
                     ('district_name', district_name, village_code[1:4]),
                     ('province_name', province_name, village_code[1:2])) named(column_name, found, code)
join (select code, name_th from place union all select village_code, village_name from village_sound) place on place.code = named.code
where without_rank(named.found) <> without_rank(place.name_th);

-- The box around Thailand, degrees: 5.5–20.6 north, 97.3–105.7 east. What lies in it only the other way round was swapped;
-- points in the box are held against the outlines of the districts afterwards. A point stands in `found` alone: that is masked.
insert into fault
select 'household', row_id, sheet_no, 'latitude', 'swapped_coordinates', 'warning', concat(latitude, ', ', longitude), ''
from household_sound
where longitude between 5.5 and 20.6 and latitude between 97.3 and 105.7;

insert into fault
select 'household', row_id, sheet_no, 'latitude', 'outside_thailand', 'warning', concat(latitude, ', ', longitude), ''
from household_sound
where not coalesce(latitude between 5.5 and 20.6 and longitude between 97.3 and 105.7, true)
  and not (longitude between 5.5 and 20.6 and latitude between 97.3 and 105.7);

insert into fault
select 'step', s.row_id, s.sheet_no, 'step', 'unknown_step', 'error', cast(s.step as varchar),
       (select concat('1–', max(cast(step as int))) from out.definition.case_steps c where c.template = s.template)
from step_sound s
where not exists (from out.definition.case_steps c where c.template = s.template and cast(c.step as int) = s.step);
