-- Which entries of the changed households stand, and which of them speaks of a thing.
-- Reads: alias, carried, changed, delta.entry
-- Writes: standing, superseded, head, agreed, voice, spoken

-- Entries that were not withdrawn and of which everything that they build on is here; the others wait. One that a row of a
-- register carries stands, and is seen by others; but the row speaks for it.
create or replace temp table standing as
with ids as (select ref, list(id) as ids from delta.entry semi join changed using (ref) group by ref),
withdrawn as (select ref, thing as id from delta.entry semi join changed using (ref) where kind = 'withdrawn'),
kept as (
  select c.home, e.* replace (coalesce(a.called, e.thing) as thing),
         coalesce(e.occurred_on, cast(e.received_at as date)) as said_on,
         (c.home, e.id) in (select home, id from carried) as carried
  from delta.entry e join changed c using (ref) join ids using (ref) anti join withdrawn using (ref, id)
  left join alias a on a.home = c.home and a.thing = e.thing
  where kind <> 'withdrawn' and list_has_all(ids, base)),
items as (select home, called as thing from alias union all select home, thing from kept where kind = 'plan_new')
from kept where not starts_with(thing, 'plan/') or (home, thing) in (select home, thing from items);

-- Of kinds that keep the last one: it is the entry that no other names as seen. Two that say the same are no conflict.
create or replace temp table superseded as
select home, kind, thing, unnest(base) as id from standing where kind in ({last});

create or replace temp table head as
select *, count(distinct concat(body, occurred_on)) over (partition by home, kind, thing) > 1 as forked
from standing anti join superseded using (home, kind, thing, id) where kind in ({last});

-- Where two contradict each other, what both had seen stands until somebody settles it; else the register does.
create or replace temp table agreed as
with seen as (select home, kind, thing, id as head, unnest(base) as id from head where forked),
by_all as (
  select home, kind, thing, id from seen group by home, kind, thing, id
  having count(*) = (
    select count(*) from head h where h.forked and h.home = seen.home and h.kind = seen.kind and h.thing = seen.thing))
select s.* from standing s join by_all using (home, kind, thing, id)
qualify row_number() over (partition by home, kind, thing order by said_on desc, id) = 1;

-- One row per household, kind and thing: the entry that speaks; and without those for which a row of a register does.
create or replace temp table voice as
select * exclude (forked) from (
  select * from head where not forked
  qualify row_number() over (partition by home, kind, thing order by said_on, id) = 1)
union all by name from agreed;

create or replace temp table spoken as select * from voice where not carried;
