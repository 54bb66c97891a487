-- The records of the changed households as they are now: those of the registers, with what was recorded since.
-- Reads: alias, carried, changed, named, numbered, spoken, standing, warehouse.definition.case_steps, tables of the registers
-- Writes: reply, plan_now, step_now, and delta.<table>

-- A register that knows a later day than what was recorded counts; else the entry does.
create or replace temp macro counts(said_on, register_day) as
  said_on is not null and (register_day is null or said_on >= register_day);

-- The latest reply on each item.
create or replace temp table reply as
select * from standing where kind = 'plan_reply'
qualify row_number() over (partition by home, thing order by said_on desc, id desc) = 1;

create or replace temp table plan_now as
with item as (
  select p.home, p.register_year, p.household_id, item_no, aspect, activity, owner, due_date, status, updated_date, reply,
         p.entries, a.called as thing, null::varchar as entry, null::varchar as recorded_by, null::timestamp as recorded_at
  from warehouse.plan_item p join alias a on a.home = p.home and a.thing = concat('plan/', p.item_no)
  union all
  select home, h.register_year, h.household_id, n.number, s.body->>'aspect', s.body->>'activity', s.body->>'owner',
         cast(s.body->>'due_date' as date), 'planned', s.occurred_on, null, null, s.thing, s.id, s.who, s.received_at
  from standing s join changed h using (home) join numbered n using (home, id) where kind = 'plan_new' and not carried)
select i.* replace (
         if(counts(st.said_on, i.updated_date), st.body->>'status', i.status) as status,
         if(counts(o.said_on, i.updated_date), o.body->>'owner', i.owner) as owner,
         if(counts(d.said_on, i.updated_date), cast(d.body->>'due_date' as date), i.due_date) as due_date,
         if(counts(r.said_on, i.updated_date), r.body->>'reply', i.reply) as reply,
         list_max([i.updated_date, st.said_on, o.said_on, d.said_on, r.said_on]) as updated_date,
         coalesce(latest.id, i.entry) as entry, coalesce(latest.who, i.recorded_by) as recorded_by,
         coalesce(latest.received_at, i.recorded_at) as recorded_at)
from item i
left join spoken st on st.home = i.home and st.thing = i.thing and st.kind = 'plan_status'
left join spoken o on o.home = i.home and o.thing = i.thing and o.kind = 'plan_owner'
left join spoken d on d.home = i.home and d.thing = i.thing and d.kind = 'plan_due'
left join reply r on r.home = i.home and r.thing = i.thing and not r.carried
left join (select home, thing, id, who, received_at from (from spoken union all by name from reply where not carried)
           where kind in ('plan_status', 'plan_owner', 'plan_due', 'plan_reply')
           qualify row_number() over (partition by home, thing order by said_on desc, id desc) = 1) latest
  on latest.home = i.home and latest.thing = i.thing;

create or replace temp table step_now as
with of_case as (
  select distinct home, template from warehouse.case_step semi join changed using (home)
  union select home, split_part(thing, '/', 2) from spoken where kind in ('step_started', 'step_finished', 'step_due')),
step as (
  select o.home, h.register_year, h.household_id, o.template, cast(d.step as utinyint) as step,
         cast(d.phase as utinyint) as phase, c.started_date, c.finished_date, c.due_date, c.owner, c.note, c.entries,
         concat('step/', o.template, '/', d.step) as thing
  from of_case o join changed h using (home) join warehouse.definition.case_steps d using (template)
  left join warehouse.case_step c on c.home = o.home and c.template = o.template and c.step = cast(d.step as int))
select i.* replace (
         coalesce(i.started_date, b.said_on) as started_date, coalesce(i.finished_date, f.said_on) as finished_date,
         coalesce(cast(d.body->>'due_date' as date), i.due_date) as due_date,
         coalesce(d.body->>'owner', b.body->>'owner', i.owner) as owner, coalesce(f.body->>'note', i.note) as note),
       coalesce(f.id, b.id, d.id) as entry, coalesce(f.who, b.who, d.who) as recorded_by,
       coalesce(f.received_at, b.received_at, d.received_at) as recorded_at
from step i
left join spoken b on b.home = i.home and b.thing = i.thing and b.kind = 'step_started'
left join spoken f on f.home = i.home and f.thing = i.thing and f.kind = 'step_finished'
left join spoken d on d.home = i.home and d.thing = i.thing and d.kind = 'step_due';

insert into delta.visit by name
select v.*, nullif(flatten(list(s.photos)), []) as photos
from warehouse.visit v semi join changed using (home)
left join carried c on c.home = v.home and c.thing = concat('visit/', v.entry_no)
left join standing s on s.home = c.home and s.id = c.id group by all
union all by name
select home, h.register_year, h.household_id, n.number as entry_no,
       s.said_on as visit_date, s.body->>'visitor' as visitor, s.body->>'finding' as finding,
       s.body->>'checked_dimension' as checked_dimension, cast(s.body->>'check_result' as tinyint) as check_result,
       masked(s.body->>'finding', names) as finding_masked, masked(s.body->>'visitor', names) as visitor_masked,
       s.id as entry, s.who as recorded_by, s.received_at as recorded_at, nullif(s.photos, []) as photos
from standing s join changed h using (home) join numbered n using (home, id) left join named using (home)
where kind = 'visit' and not carried;

insert into delta.contribution by name
select c.* from warehouse.contribution c semi join changed using (home)
union all by name
select home, h.register_year, h.household_id, n.number as entry_no,
       s.said_on as given_date, s.body->>'gift' as kind, s.body->>'giver' as giver, s.body->>'item' as item,
       cast(s.body->>'quantity' as double) as quantity, s.body->>'unit' as unit, cast(s.body->>'value' as double) as "value",
       masked(s.body->>'item', names) as item_masked, masked(s.body->>'unit', names) as unit_masked,
       s.id as entry, s.who as recorded_by, s.received_at as recorded_at
from standing s join changed h using (home) join numbered n using (home, id) left join named using (home)
where s.kind = 'gift' and not carried;

insert into delta.need by name
select n.* replace (coalesce(cast(s.body->>'quantity' as double), n.quantity) as quantity),
       s.id as entry, s.who as recorded_by, s.received_at as recorded_at
from warehouse.need n semi join changed using (home)
left join spoken s on s.home = n.home and s.kind = 'need' and s.thing = concat('need/', n.item, '/', n.unit)
union all by name
select home, h.register_year, h.household_id, s.body->>'item' as item, cast(s.body->>'quantity' as double) as quantity,
       s.body->>'unit' as unit, masked(s.body->>'item', names) as item_masked, masked(s.body->>'unit', names) as unit_masked,
       s.id as entry, s.who as recorded_by, s.received_at as recorded_at
from spoken s join changed h using (home) left join named using (home)
where kind = 'need' and not exists (
  select 1 from warehouse.need n where n.home = s.home and s.thing = concat('need/', n.item, '/', n.unit));
