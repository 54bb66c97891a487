-- Where each entry stands between journal and registers, once it is known what counts; and which entries a row would carry
-- that is written back.
-- Reads: changed, delta.<table>, head, named, plan_now, reply, standing, voice
-- Writes: said_now, filed, delta.record, and `unentered` of delta.<table>

-- One row per thing that has a voice: whether what counts now is what it says.
create or replace temp table said_now as
select v.home, v.kind, v.thing, v.carried or coalesce(case v.kind
         when 'plan_status' then p.status = v.body->>'status'
         when 'plan_owner' then p.owner = v.body->>'owner'
         when 'plan_due' then p.due_date = cast(v.body->>'due_date' as date)
         when 'step_started' then s.started_date = v.said_on
         when 'step_finished' then s.finished_date = v.said_on
         when 'step_due' then s.due_date = cast(v.body->>'due_date' as date)
         when 'need' then n.quantity = cast(v.body->>'quantity' as double)
         when 'closed' then h.closed_date = v.said_on and h.close_reason = v.body->>'close_reason'
         when 'certification' then h.certified_date = v.said_on and h.certification = v.body->>'certification'
         when 'plan_reply' then p.reply = v.body->>'reply' end, false) as counts
from (from voice union all by name from reply) v join delta.household h using (home)
left join delta.plan_item p on p.home = v.home and p.thing = v.thing
left join delta.case_step s on s.home = v.home and s.thing = v.thing
left join delta.need n on n.home = v.home and v.thing = concat('need/', n.item, '/', n.unit);

-- One row per entry of a kind that a register has: filed where a row carries it, ready to be, forked where somebody has to
-- settle it, contradicted by another check of its day, overruled where the register counts and says something else.
create or replace temp table filed as
with checks as (  -- days on which two checks of one dimension contradict each other, one of them recorded
  select home, visit_date, checked_dimension from delta.visit semi join changed using (home)
  where check_result is not null and coalesce(entry, entries) is not null
  group by all having min(check_result) < max(check_result))
select s.home, s.id, s.kind, s.thing, case
         when s.carried then 'filed'
         when s.kind = 'visit' then if(c.home is null, 'ready', 'contradicted')
         when s.kind in ('gift', 'plan_new') then 'ready'
         when f.forked or n.counts is null then 'forked'
         when n.counts then 'ready' else 'overruled' end as filing
from standing s left join said_now n using (home, kind, thing)
left join head f on f.home = s.home and f.id = s.id
left join checks c on c.home = s.home and c.visit_date = s.said_on and c.checked_dimension = s.body->>'checked_dimension'
  and s.body->>'check_result' is not null
where s.kind in ({filed});

create or replace temp table unentered as
select home, if(kind in ('visit', 'gift'), id, thing) as thing, string_agg(id, ' ' order by id) as ids
from filed where filing = 'ready' group by all;

update delta.plan_item t set unentered = u.ids from unentered u where u.home = t.home and u.thing = t.thing;
update delta.case_step t set unentered = u.ids from unentered u where u.home = t.home and u.thing = t.thing;
update delta.need t set unentered = u.ids from unentered u
where u.home = t.home and u.thing = concat('need/', t.item, '/', t.unit);
update delta.visit t set unentered = u.ids from unentered u where u.home = t.home and u.thing = t.entry;
update delta.contribution t set unentered = u.ids from unentered u where u.home = t.home and u.thing = t.entry;

-- What was recorded and is no visit and no gift: for the timeline, and for who looks after the registers. `told` is what
-- somebody wrote, `said` what was picked or counted.
insert into delta.record by name
select home, h.register_year, h.household_id, s.id as entry, s.kind, s.thing, s.said_on as happened_on,
       coalesce(s.body->>'status', s.body->>'close_reason', s.body->>'certification', s.body->>'aspect',
                s.body->>'due_date') as said,
       concat_ws(' · ', s.body->>'activity', s.body->>'item', s.body->>'quantity', s.body->>'unit', s.body->>'owner',
                 s.body->>'reply', s.body->>'note', s.body->>'caption', s.body->>'correction', s.body->>'reason') as told,
       masked(told, names) as told_masked, coalesce(p.activity, '') as item, masked(p.activity, names) as item_masked,
       f.id is not null as is_head, coalesce(f.forked, false) as forked, s.who as recorded_by, s.received_at as recorded_at,
       nullif(s.photos, []) as photos, d.filing
from standing s join changed h using (home) left join named using (home)
left join head f on f.home = s.home and f.id = s.id left join filed d on d.home = s.home and d.id = s.id
left join plan_now p on p.home = s.home and p.thing = s.thing and s.kind <> 'plan_new'
where s.kind not in ('visit', 'gift');
