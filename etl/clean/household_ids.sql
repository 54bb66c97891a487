-- Household ids of records that came without one, in order of trust: the house code, else village and house number, else the
-- village and a hash of the head. The second household of one house is that with -2: its number where the register gives one,
-- else the order in which different heads first stand in the files.
-- Reads: household_1_placed, named, nameless
-- Writes: named, nameless
-- Appends: fault
create table nameless as
select row_id, register_year,
       coalesce(house_code, village_code || '/' || house_no, village_code || '/' || left(sha256(head), 8),
                head_citizen_id) as base,
       household_no, head
from (select *, coalesce(head_citizen_id, spelled(concat(head_first_name, head_last_name)), '') as head from household_1_placed
      where household_id is null and head is not null);

create table named as
with heads as (
  select register_year, base, head, household_no, min(row_id) as first_row from nameless where base is not null group by all),
ranked as (
  select *, coalesce(household_no, rank() over (partition by register_year, base order by first_row)) as place from heads)
select n.row_id, if(r.place > 1, concat(n.base, '-', r.place), n.base) as household_id, r.place, n.base
from nameless n join ranked r
  on r.register_year is not distinct from n.register_year and r.base = n.base and r.head = n.head
 and r.household_no is not distinct from n.household_no;

insert into fault
select 'household', row_id, sheet_of(row_id), 'household_id', 'several_in_house', 'notice', base, household_id
from named where place > 1 qualify row_number() over (partition by household_id order by row_id) = 1;
