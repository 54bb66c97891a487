-- The changed households as they are now: their lights after the latest check, how far plan and case are, as of their own news.
-- Reads: base_household, plan_now, step_now, spoken, standing, warehouse.person, delta.visit, delta.contribution, named
-- Writes: news, checked, and delta.<table>

-- The day of a household's own news: a movement that is recorded dates it, and nobody else.
create or replace temp table news as
select h.home, list_max([h.as_of, max(s.said_on)]) as as_of, list_max([h.last_movement, max(s.said_on)]) as last_movement
from base_household h left join standing s on s.home = h.home and s.kind in ({moves})
group by h.home, h.as_of, h.last_movement;

-- The latest check of each dimension that is in no register; of a day whose checks contradict each other nothing follows.
create or replace temp table checked as
select home, checked_dimension as dimension, min(check_result) as checked, visit_date as checked_on
from delta.visit semi join changed using (home)
where coalesce(entry, entries) is not null and checked_dimension is not null and check_result is not null
group by home, dimension, visit_date having min(check_result) = max(check_result) and count(entry) > 0
qualify row_number() over (partition by home, dimension order by visit_date desc) = 1;

insert into delta.plan_item by name
select p.*, item_is_overdue(due_date, as_of, status) as overdue, masked(activity, names) as activity_masked,
       masked(owner, names) as owner_masked, masked(reply, names) as reply_masked
from plan_now p join news using (home) left join named using (home);

insert into delta.case_step by name
select s.*, step_state(started_date, finished_date) as state,
       step_is_overdue(due_date, as_of, finished_date) as overdue, masked(owner, names) as owner_masked,
       masked(note, names) as note_masked
from step_now s join news using (home) left join named using (home);

create or replace temp table household_now as
with plan as (
  select home, work_state(count(*), count(*) filter (status <> 'planned'), count(*) filter (status = 'done')) as plan,
         {aspects}, count(distinct aspect) as plan_aspects, count(*) as plan_items,
         count(*) filter (status = 'done') as plan_done, count(*) filter (overdue) as plan_overdue
  from delta.plan_item semi join changed using (home) group by home),
steps as (
  select home, min(template) as template, count(*) as steps, count(*) filter (state = 'done') as steps_done,
         list(step order by step) filter (state = 'current') as steps_current,
         count(*) filter (overdue) as steps_overdue
  from delta.case_step semi join changed using (home) group by home),
light as (select home, {checks} from checked group by home),
cards as (
  select home, case when bool_or(welfare_card is not null) then count(*) filter (welfare_card = 'validated') end as validated
  from warehouse.person semi join changed using (home) group by home),
kept as (  -- what is recorded of a family is kept of it; that a district keeps a register is said by its files
  select home, bool_or(kind in ('plan_new', 'gift')) as help, bool_or(kind in ({moves})) as followed,
         bool_or(kind in ('plan_new', 'step_started', 'step_finished', 'step_due')) as due
  from standing group by home),
followed as (
  select distinct register_year, district_code, true as followed from warehouse.kept where register in ({followed})),
lit as (
  select h.home, {lights}, coalesce(if(counts(c.said_on, h.certified_date), c.body->>'certification', null), h.certification)
           as certification,
         if(counts(c.said_on, h.certified_date), c.said_on, h.certified_date) as certified_date,
         if(counts(c.said_on, h.certified_date), c.body->>'meeting', h.meeting) as meeting,
         coalesce(h.closed_date, x.said_on) as closed_date, coalesce(h.close_reason, x.body->>'close_reason') as close_reason,
         news.as_of, news.last_movement, h.certification_kept or c.id is not null as certification_kept
  from base_household h join news using (home) left join light l using (home)
  left join spoken c on c.home = h.home and c.kind = 'certification'
  left join spoken x on x.home = h.home and x.kind = 'closed'),
counted as (select *, cast({deprived} as utinyint) as deprived from lit)
select n.*, if(h.target_people is null, null, target_people(n.deprived, cards.validated)) as target_people, {plans},
       coalesce(p.plan, h.plan) as plan, coalesce(p.plan_aspects, h.plan_aspects) as plan_aspects,
       coalesce(p.plan_items, h.plan_items) as plan_items, coalesce(p.plan_done, h.plan_done) as plan_done,
       coalesce(p.plan_overdue, h.plan_overdue) as plan_overdue, s.template, s.steps, s.steps_done, s.steps_current,
       coalesce(s.steps_overdue, 0) as steps_overdue, still_for(n.as_of, n.last_movement) as days_still,
       is_overdue(h.overdue is not null or coalesce(k.due, false), p.plan_overdue, s.steps_overdue, n.closed_date) as overdue,
       is_helped(h.helped is not null or coalesce(k.help, false), p.plan_done,
                 home in (select home from delta.contribution)) as helped,
       case_state(n.certification, n.closed_date, coalesce(k.followed, false) or f.followed, n.as_of, n.last_movement,
                  {stalled_after}) as "case"
from counted n join base_household h using (home) left join plan p using (home) left join steps s using (home)
left join cards using (home) left join kept k using (home) left join followed f using (register_year, district_code);

insert into delta.household by name
select h.* exclude ({now}), n.* exclude (home) from base_household h join household_now n using (home);

insert into delta.person by name
select p.* replace (coalesce(h.deprived > 0 and p.welfare_card = 'validated', false) as is_target)
from warehouse.person p join changed using (home) join delta.household h using (home);
