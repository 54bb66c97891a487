-- What the scripts after this look at: the households that the new entries are about, as the registers have them.
-- Reads: delta.entry, warehouse.address, warehouse.household, warehouse.person
-- Writes: changed, base_household, named; what delta knew of them goes
create or replace temp table changed as
select a.ref, a.home, h.register_year, h.household_id
from warehouse.address a join warehouse.household h on h.rowid = a.home where a.ref in (select unnest($refs));

create or replace temp table base_household as
select h.rowid as home, h.* from warehouse.household h where h.rowid in (select home from changed);

-- The names of each household, longest first (etl/tables/names_of.sql has the reason).
create or replace temp table named as
select home, list(distinct n order by length(n) desc, n) as names
from (select home, unnest([head_first_name, head_last_name]) as n from base_household
      union all select home, unnest([first_name, last_name]) from warehouse.person semi join changed using (home))
where length(n) >= 3 group by home;
