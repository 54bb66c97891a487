-- Families found that are in no register: entries of villages, that were not withdrawn and of which all they build on is here.
-- Reads: delta.entry, warehouse.place
-- Writes: delta.found
delete from delta.found;

insert into delta.found by name
with here as (select * from delta.entry where ref = ''),
withdrawn as (select village, thing as id from here where kind = 'withdrawn')
select e.id as entry, e.village as village_code, coalesce(e.occurred_on, cast(e.received_at as date)) as happened_on,
       cast(e.body->'lacks' as varchar[]) as lacks, e.body->>'first_name' as first_name, e.body->>'last_name' as last_name,
       e.body->>'house_no' as house_no, e.body->>'finding' as finding,
       masked(e.body->>'finding', list_filter([e.body->>'first_name', e.body->>'last_name'], lambda n: length(n) >= 3))
         as finding_masked,
       cast(e.body->>'latitude' as double) as latitude, cast(e.body->>'longitude' as double) as longitude,
       e.who as recorded_by, e.received_at as recorded_at
from here e anti join withdrawn w on w.village = e.village and w.id = e.id
where e.kind = 'found' and list_has_all((select list(id) from here), e.base)
  and e.village in (select code from warehouse.place where level = 'village');
