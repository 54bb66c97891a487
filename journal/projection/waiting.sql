-- Entries that do not count yet: one row each, with the number of what it says of its household where that is in no register,
-- whether its village is none of this data, and what it builds on that is not here. One that was taken back waits no more.
-- Reads: delta.entry, warehouse.address, warehouse.place, warehouse.plan_item
with taken_back as (select distinct ref, thing as id from delta.entry where kind = 'withdrawn'),
entry as (
  select seq, id, kind, ref, thing, village, base, if(starts_with(ref, '?'), claim, null) as lost,
         kind = 'found' and village not in (select code from warehouse.place where level = 'village') as nowhere
  from delta.entry anti join taken_back using (ref, id)),
of_plan as (
  select id, ref, thing from entry where starts_with(thing, 'plan/') and kind <> 'plan_new'),
items as (
  select a.ref, concat('plan/', p.item_no) as thing
  from warehouse.plan_item p join warehouse.address a using (home) where a.ref in (select ref from of_plan)
  union all select a.ref, concat('plan/', unnest(string_split(p.entries, ' ')))
  from warehouse.plan_item p join warehouse.address a using (home) where p.entries is not null),
named as (
  select id, unnest(base) as of, of as said from entry where base <> []
  union all select id, thing, thing from entry
  where (kind = 'withdrawn' and thing <> '') or (kind = 'same_household' and length(thing) = 36)
  union all select id, thing[6:], thing from of_plan anti join items using (ref, thing)),
missing as (
  select id, list(distinct said order by said) as missing from named
  where of not in (select id from delta.entry) group by id)
select e.id, e.lost, coalesce(m.missing, []) as missing, e.nowhere
from entry e left join missing m using (id)
where m.id is not null or (e.kind <> 'withdrawn' and (e.lost is not null or e.nowhere))
order by e.seq
