-- Where an entry and the registers say different things of one thing: what each says and of what day, which counts, and why.
-- Reads: alias, base_household, carried, changed, delta.<table>, delta.entry, named, reply, standing, voice and the tables of
-- the registers
-- Writes: apart, delta.disagreement
create or replace temp macro in_one_line(t) as regexp_replace(trim(t), '\s+', ' ', 'g');

create or replace temp table apart as
with spoken_of as (from voice union all by name from reply),
plan as (
  select p.*, a.called as thing
  from warehouse.plan_item p join alias a on a.home = p.home and a.thing = concat('plan/', p.item_no)),
step as (select *, concat('step/', template, '/', step) as thing from warehouse.case_step semi join changed using (home)),
need as (select *, concat('need/', item, '/', unit) as thing from warehouse.need semi join changed using (home)),
of_plan as (
  select v.home, v.id, v.kind, v.thing, f.field, f.said, f.register, f.now, p.updated_date as register_on
  from spoken_of v join plan p using (home, thing) join delta.plan_item n using (home, thing), lateral (values
    ('plan_status', 'status', v.body->>'status', p.status, n.status),
    ('plan_owner', 'owner', v.body->>'owner', p.owner, n.owner),
    ('plan_due', 'due_date', v.body->>'due_date', cast(p.due_date as varchar), cast(n.due_date as varchar)),
    ('plan_reply', 'reply', v.body->>'reply', p.reply, n.reply)) f(kind, field, said, register, now)
  where f.kind = v.kind),
of_step as (
  select v.home, v.id, v.kind, v.thing, f.field, f.said, cast(f.register as varchar), cast(f.now as varchar), null::date
  from spoken_of v join step p using (home, thing) join delta.case_step n using (home, thing), lateral (values
    ('step_started', 'started_date', cast(v.said_on as varchar), p.started_date, n.started_date),
    ('step_finished', 'finished_date', cast(v.said_on as varchar), p.finished_date, n.finished_date),
    ('step_due', 'due_date', v.body->>'due_date', p.due_date, n.due_date)) f(kind, field, said, register, now)
  where f.kind = v.kind),
of_need as (
  select v.home, v.id, v.kind, v.thing, 'quantity', cast(cast(v.body->>'quantity' as double) as varchar),
         cast(p.quantity as varchar), cast(n.quantity as varchar), null::date
  from spoken_of v join need p using (home, thing) join delta.need n on n.home = v.home and n.item = p.item and n.unit = p.unit
  where v.kind = 'need'),
of_case as (
  select v.home, v.id, v.kind, v.thing, f.field, f.said, f.register, f.now, f.register_on
  from spoken_of v join base_household b using (home) join delta.household n using (home), lateral (values
    ('closed', 'closed_date', cast(v.said_on as varchar), cast(b.closed_date as varchar), cast(n.closed_date as varchar), null),
    ('certification', 'certification', v.body->>'certification', b.certification, n.certification, b.certified_date))
    f(kind, field, said, register, now, register_on)
  where f.kind = v.kind),
checked as (  -- the latest check of each dimension that no register has, against how the register has the dimension
  select home, id, kind, thing, body->>'checked_dimension' as field,
         if(body->>'check_result' = '0', 'deprived', 'not_deprived') as said
  from standing where kind = 'visit' and not carried and body->>'check_result' is not null
  qualify row_number() over (partition by home, field order by said_on desc, id desc) = 1),
of_check as (
  select c.home, c.id, c.kind, c.thing, c.field, c.said, f.register, f.now, f.register_on
  from checked c join base_household b using (home) join delta.household n using (home),
       lateral (values {dimensions}) f(field, register, now, register_on)
  where f.field = c.field and f.register <> 'no_data'),
of_row as (  -- rows that carry a visit or a gift, and say something else than it
  select s.home, s.id, s.kind, s.thing, f.field, f.said, f.register, f.register, r.visit_date
  from standing s join carried c using (home, id) join (
    select home, concat('visit/', entry_no) as thing, visit_date, checked_dimension, check_result, null::double as quantity
    from warehouse.visit semi join changed using (home)
    union all
    select home, concat('gift/', entry_no), given_date, null, null, quantity
    from warehouse.contribution semi join changed using (home)) r on r.home = c.home and r.thing = c.thing, lateral (values
    ('visit', 'visit_date', cast(s.said_on as varchar), cast(r.visit_date as varchar)),
    ('visit', s.body->>'checked_dimension', if(s.body->>'check_result' = '0', 'deprived', 'not_deprived'),
     if(r.checked_dimension = s.body->>'checked_dimension', if(r.check_result = 0, 'deprived', 'not_deprived'), 'no_data')),
    ('gift', 'given_date', cast(s.said_on as varchar), cast(r.visit_date as varchar)),
    ('gift', 'quantity', cast(cast(s.body->>'quantity' as double) as varchar), cast(r.quantity as varchar)))
    f(kind, field, said, register)
  where f.kind = s.kind),
back as (  -- taken back, and a row still carries it
  select c.home, e.id, e.kind, coalesce(a.called, e.thing), 'withdrawn', null::varchar, c.thing, c.thing, null::date
  from carried c join changed h using (home) join delta.entry e on e.ref = h.ref and e.id = c.id
  join delta.entry w on w.ref = h.ref and w.kind = 'withdrawn' and w.thing = e.id
  left join alias a on a.home = c.home and a.thing = e.thing)
from of_plan union all from of_step union all from of_need union all from of_case union all from of_check union all from of_row
union all from back;

insert into delta.disagreement by name
with told as (
  select t.*, e.who as recorded_by, e.received_at as recorded_at,
         coalesce(e.occurred_on, cast(e.received_at as date)) as said_on,
         (t.home, t.id) in (select home, id from carried) as carried, field in ('owner', 'reply') as written,
         coalesce(e.body->>'activity', e.body->>'item', e.body->>'finding', e.body->>'note') as words,
         if(field = 'withdrawn', concat_ws(' ', words, e.body->>'quantity', e.body->>'unit'), null) as taken_back
  from apart t join changed h using (home) join delta.entry e on e.ref = h.ref and e.id = t.id
  where t.field = 'withdrawn' or in_one_line(t.said) <> in_one_line(t.register))
select t.home, h.register_year, h.household_id, t.kind, t.thing, t.field, t.id as entry,
       if(written, null, t.said) as said, if(written, t.said, null) as told, masked(told, names) as told_masked,
       said_on as happened_on,
       if(written or field = 'withdrawn', null, t.register) as register_said, if(written, t.register, null) as register_told,
       masked(register_told, names) as register_told_masked, register_on,
       if(field <> 'withdrawn' and not carried and now is not distinct from said, 'entry', 'register') as counts,
       case when field = 'withdrawn' then 'withdrawn' when carried then 'edited'
            when counts = 'entry' then if(register_on is null, 'undated', 'later')
            when register_on > said_on then 'register_later' else 'register_stands' end as why,
       coalesce(p.activity, taken_back, '') as item, masked(coalesce(p.activity, taken_back), names) as item_masked,
       t.recorded_by, t.recorded_at
from told t join changed h using (home) left join named using (home)
left join plan_now p on p.home = t.home and p.thing = t.thing;
