-- What of the entries the registers have: rows that came back carry the ids of the entries that are in them.
-- Reads: changed, delta.entry and the tables of the registers
-- Writes: carried, alias, numbered

-- One row per id and row of a register; thing is what the row is of.
create or replace temp table carried as
select home, thing, unnest(string_split(entries, ' ')) as id from (
  select home, concat('plan/', item_no) as thing, entries from warehouse.plan_item semi join changed using (home)
  union all
  select home, concat('step/', template, '/', step), entries from warehouse.case_step semi join changed using (home)
  union all select home, concat('need/', item, '/', unit), entries from warehouse.need semi join changed using (home)
  union all select home, concat('gift/', entry_no), entries from warehouse.contribution semi join changed using (home)
  union all select home, concat('visit/', entry_no), entries from warehouse.visit semi join changed using (home)
  union all select home, '', entries from base_household)
where entries is not null;

-- Names of an item of a plan -> the one by which it is called: as the entry that made it, so that nothing changes for those
-- who know it by that; else by its number.
create or replace temp table alias as
with item as (select home, concat('plan/', item_no) as thing from warehouse.plan_item semi join changed using (home)),
made as (
  select home, c.thing, concat('plan/', min(id)) as called
  from carried c join changed using (home) join delta.entry e using (ref, id) where e.kind = 'plan_new' group by all),
called as (select home, thing, coalesce(called, thing) as called from item left join made using (home, thing))
from called
union
select home, concat('plan/', id), called from carried join called using (home, thing);

-- The number of what is recorded anew, among records of its kind and household: made of its id, so that it is the same whatever
-- else is recorded, and no register counts so far. Where two would have the same, the next one that is free.
create or replace temp table numbered as
with wanted as (
  select home, kind, id, received_at, 10000 + cast(concat('0x', md5(id)[1:8]) as bigint) % 50000 as wanted
  from delta.entry join changed using (ref) where kind in ('plan_new', 'visit', 'gift')),
in_order as (
  select *, row_number() over (partition by home, kind order by wanted, received_at, id) as place from wanted)
select home, id, place + max(wanted - place) over (
         partition by home, kind order by place rows between unbounded preceding and current row) as number
from in_order;
