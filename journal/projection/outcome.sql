-- What meetings came to: information, decisions, actions with their state, and households certified or not; one row per entry.
-- Reads: meeting_spoken, meeting_standing, delta.meeting, warehouse.address, warehouse.household, warehouse.person
-- Writes: delta.outcome
delete from delta.outcome;

insert into delta.outcome by name
with said as (
  select s.*, coalesce(s.body->>'household', nullif(s.ref, '')) as of_ref,
         if(kind = 'certification', s.meeting, split_part(s.thing, '/', 2)) as of_meeting
  from meeting_standing s
  where kind = 'outcome' or (kind = 'certification' and id not in (
    select unnest(base) from meeting_standing where kind = 'certification'))),
homes as (select distinct of_ref, a.home from said join warehouse.address a on a.ref = of_ref),
named as (  -- the names of each household, longest first (changed.sql)
  select home, list(distinct n order by length(n) desc, n) as names
  from (select h.home, unnest([head_first_name, head_last_name]) as n
        from homes h join warehouse.household w on w.rowid = h.home
        union all select home, unnest([first_name, last_name]) from warehouse.person semi join homes using (home))
  where length(n) >= 3 group by home)
select m.area, m.meeting, m.serial, if(s.kind = 'certification', '', split_part(s.thing, '/', 4)) as item, s.kind,
       coalesce(s.body->>'outcome', s.body->>'certification') as outcome, coalesce(s.body->>'told', s.body->>'reason') as told,
       masked(coalesce(s.body->>'told', s.body->>'reason'), names) as told_masked, of_ref as ref, homes.home,
       s.body->>'owner' as owner,
       masked(s.body->>'owner', names) as owner_masked, cast(s.body->>'due_date' as date) as due_date,
       if(s.body->>'outcome' = 'action', coalesce(st.body->>'status', 'planned'), null) as status,
       st.id as status_entry, st.body->>'reply' as reply, masked(st.body->>'reply', names) as reply_masked,
       s.said_on as happened_on,
       (select max(held_on) from delta.meeting o where o.area = m.area and o.state <> 'prepared') as as_of, s.id as entry,
       concat('action/', s.id) as thing, coalesce(st.forked, false) as forked, s.who as recorded_by,
       s.received_at as recorded_at
from said s join delta.meeting m on m.meeting = s.of_meeting and (s.ref <> '' or m.area = s.village)
left join homes using (of_ref) left join named on named.home = homes.home
left join meeting_spoken st on st.kind = 'action_status' and st.thing = concat('action/', s.id)
  and (st.ref = coalesce(of_ref, '') and (st.ref <> '' or st.village = m.area));
