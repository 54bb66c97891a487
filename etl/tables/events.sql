-- Everything dated that happened to a household, one row per event. A due date is a promise, not an event.
-- Reads: doubtful, happening, household_10_kept, visit_10_kept
-- Writes: doubtful, event, field_check, happening
-- Appends: fault
create view happening as {happened};

-- One mistyped year would make everything late: a date after the register year counts only where others stand by it, {support}
-- other events of its district within {within_days} days, and never more than {event_within} year after. Until then it is
-- listed.
create table doubtful as
select * exclude (near)
from (select h.*, count(*) over (partition by h.register_year, village_code[1:4] order by happened_on
                                 range between {within_days} preceding and {within_days} following) as near
      from happening h join household_10_kept using (register_year, household_id)
      where happened_on > make_date(h.register_year - 543, 12, 31) - {within_days})
where year(happened_on) + 543 > register_year
  and (near <= {support} or year(happened_on) + 543 > register_year + {event_within});

insert into fault
select register, row_id, sheet_no, column_name, 'late_date', 'notice',
       concat(strftime(happened_on, '%d/%m/'), year(happened_on) + 543), cast(register_year as varchar)
from doubtful;

create table event as
select register_year, household_id, sheet_no, happened_on
from happening anti join doubtful using (register, row_id, column_name);

-- The latest field check of each dimension, one row per household and dimension: 1 not deprived, 0 deprived.
-- Of two on one day the later entry stands.
create table field_check as
select register_year, household_id, checked_dimension as dimension,
       arg_max(check_result, row(visit_date, entry_no)) as checked, max(visit_date) as checked_on
from visit_10_kept where check_result is not null and checked_dimension is not null group by all;
