-- Household ids of records that came without one, in order of trust: the house code, else village and house number, else the
-- village and a hash of the head. The second household of one house is that with -2: its number where the register gives one,
-- else its place in the order of the heads' ids and names, so that a list sorted anew gives each the same id.
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
  select distinct register_year, base, head, household_no from nameless where base is not null),
ranked as (
  select *, coalesce(household_no, rank() over (partition by register_year, base order by head)) as place from heads)
select n.row_id, if(r.place > 1, concat(n.base, '-', r.place), n.base) as household_id, r.place, n.base
from nameless n join ranked r
  on r.register_year is not distinct from n.register_year and r.base = n.base and r.head = n.head
 and r.household_no is not distinct from n.household_no;

insert into fault
select 'household', row_id, sheet_of(row_id), 'household_id', 'several_in_house', 'notice', base, household_id
from named where place > 1 qualify row_number() over (partition by household_id order by row_id) = 1;
