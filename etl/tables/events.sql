-- Everything dated that happened to a household, one row per event. A due date is a promise, not an event.
create view happening as {happened};

-- One mistyped year would move the date of the data and make everything late: such a date is listed and counts for nothing.
create macro is_late(happened_on, register_year) as year(happened_on) + 543 > register_year + {event_within};
insert into fault
select register, row_id, sheet_no, column_name, 'late_date', 'notice',
       concat(strftime(happened_on, '%d/%m/'), year(happened_on) + 543), cast(register_year + {event_within} as varchar)
from happening where is_late(happened_on, register_year);

create table event as
select register_year, household_id, happened_on from happening where not is_late(happened_on, register_year);

-- The date of the data: the latest event of a district's register year, one row per register year and district.
-- "Overdue" and "stalled" are said as of this day, so an old file never looks more alive or more late than it was.
create table as_of as
select register_year, village_code[1:4] as district_code, max(happened_on) as as_of
from (select register_year, household_id, max(happened_on) as happened_on from event group by all)
join household_sound using (register_year, household_id) group by all;

-- The latest field check of each dimension, one row per household and dimension: 1 not deprived, 0 deprived.
-- Of two on one day the later entry stands.
create table field_check as
select register_year, household_id, checked_dimension as dimension,
       arg_max(check_result, row(visit_date, entry_no)) as checked, max(visit_date) as checked_on
from visit_sound where check_result is not null and checked_dimension is not null group by all;

-- Households something happened to, with their data's date: small beside the register, so later joins stay small.
create table home as
select register_year, household_id, as_of
from household_sound
join (select distinct register_year, household_id from event
      union select register_year, household_id from plan_sound
      union select register_year, household_id from step_sound) using (register_year, household_id)
join as_of on as_of.register_year = household_sound.register_year and district_code = village_code[1:4];
