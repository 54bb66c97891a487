-- The sums of every village and year in which a household changed, or in which it stands a year later, counted anew.
-- The date of the data stays that of the registers: what is recorded is later news (`later`) of its own families.
-- Reads: base_household, delta.household, delta.touched, warehouse.household
-- Writes: cell_changed, delta.cell, delta.tally
create or replace temp table cell_changed as
select distinct village_code, register_year from base_household
union
select n.village_code, n.register_year
from warehouse.household n join base_household b on n.household_id = b.household_id and n.register_year = b.register_year + 1;

insert into delta.cell select * from cell_changed except from delta.cell;
delete from delta.tally where (village_code, register_year) in (from cell_changed);
insert into delta.tally by name
with live as (
  select rowid as home, * from warehouse.household where rowid not in (from delta.touched)
  union all by name
  select h.* replace (w.as_of as as_of) from delta.household h join warehouse.household w on w.rowid = h.home),
now as (from live semi join cell_changed using (village_code, register_year)),
was as (
  select now.home, was.village_code as was_village, was.health as health_was, was.living as living_was,
         was.education as education_was, was.income as income_was, was.access as access_was
  from now join live was on was.household_id = now.household_id and was.register_year = now.register_year - 1)
{tally};
