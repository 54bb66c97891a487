-- Where each entry of a place stands between journal and registers: one row per entry of a kind that a register of places
-- has, a forum with all that it scored. filing is filed (a row has it), ready, unfinished (a forum of which not all is
-- scored), forked, overruled (a later assessment counts), orphan (no register has any more what it is of), or withdrawn: it
-- was taken back, and a row of a register still has it.
-- Reads: delta.<table>, meeting_head, meeting_standing, place_carried, warehouse.<table> of the registers
-- Writes: delta.place_record
delete from delta.place_record;

create or replace temp table forum_filing as
with whole as (
  select h.*, coalesce(scored >= cast(nullif(i.items, '') as int), false) as is_whole,
         h.forked or coalesce(s.apart, false) as apart
  from delta.held_forum h join warehouse.definition.instruments i using (instrument)
  left join (select forum, count(*) as scored, bool_or(forked) as apart from delta.held_score group by forum) s using (forum)),
later as (
  select w.entry from whole w join warehouse.village_assessment a using (assessed_year, village_code, instrument,
    assessment_round) where a.assessed_date > w.held_on
  union
  select w.entry from whole w join whole o using (assessed_year, village_code, instrument, assessment_round)
  where o.is_whole and w.entry <> o.entry and (o.held_on > w.held_on or (o.held_on = w.held_on and o.forum < w.forum)))
select entry, case when carried then 'filed' when apart then 'forked' when not is_whole then 'unfinished'
                   when entry in (from later) then 'overruled' else 'ready' end as filing
from whole;

insert into delta.place_record by name
with mine as (
  select *, village as code from meeting_standing
  where kind in ('loan_step', 'debt_step', 'learning_step', 'forum_opened')),
taken_back as (
  select distinct e.*, e.village as code, coalesce(e.occurred_on, cast(e.received_at as date)) as said_on
  from delta.entry e join delta.entry w on w.kind = 'withdrawn' and w.thing = e.id and w.village = e.village
  semi join place_carried on place_carried.id = e.id),
stands as (
  select m.*, case
    when m.kind = 'forum_opened' then f.filing
    when m.id in (select id from place_carried) then 'filed'
    when m.kind = 'debt_step' then if(m.id in (select entry from delta.debt_action), 'ready', 'orphan')
    when m.kind = 'learning_step' then case
      when h.id is null then null when h.forked then 'forked'
      when m.id in (select entry from delta.learning_meeting) then 'ready'
      when m.id in (select id from meeting_spoken) then 'orphan' end
    when l.entry is null then null when p.project_no is null then 'orphan' when c.check_no is not null then 'filed'
    else 'ready' end as filing
  from mine m left join forum_filing f on f.entry = m.id
  left join meeting_head h on h.village = m.village and h.kind = m.kind and h.thing = m.thing and h.id = m.id
  left join delta.loan_step l on l.entry = m.id
  left join warehouse.fund_project p
    on p.fiscal_year = l.fiscal_year and p.project_no = l.project_no and p.village_code = l.village_code
  left join (
    select distinct on (fiscal_year, project_no, fund_step, checked_date) * from warehouse.fund_check) c
    on c.fiscal_year = l.fiscal_year and c.project_no = l.project_no and c.fund_step = l.fund_step
      and c.checked_date = l.checked_date)
select id as entry, kind, code, thing, said_on as happened_on,
       coalesce(body->>'fund_step', body->>'action_kind', body->>'learning_step', body->>'instrument') as said,
       cast(body->>'action_amount' as double) as amount,
       coalesce(body->>'fund_result', body->>'action_result', body->>'learning_note') as told, filing, who as recorded_by,
       received_at as recorded_at
from (select * from stands where filing is not null union all by name select *, 'withdrawn' as filing from taken_back);
