-- What one team or agency has to do, late first, then what is due soonest: one row per open plan item, case step and need.
-- Tells: cases
-- Computes: grouped, days_late, short, total, late, in_7, in_15, in_30, later, undated, village_th, village_en
-- Computes: tambon_th, tambon_en, meeting_id
-- `grouped` is late, 7, 15 or 30 (days from the date of the data), later or none (nobody said when); the numbers beside it are
-- of all of it. Without a `team` it has everybody's.
with mine as (
  select distinct on (home, kind, thing) kind, thing, aspect, activity, template, step, item, short, unit, by_whom as owner,
         due_date, overdue, status, reply, ref, village_code, tambon_code, as_of, entry, recorded_by, recorded_at,
         meeting as meeting_id,
         due_within(overdue, due_date, as_of) as grouped
  from work_of($filters, $reader) where $team = '' or team = $team),
counted as (
  select *, as_of - due_date as days_late, count(*) over () as total, count(*) filter (grouped = 'late') over () as late,
         count(*) filter (grouped = '7') over () as in_7, count(*) filter (grouped = '15') over () as in_15,
         count(*) filter (grouped = '30') over () as in_30, count(*) filter (grouped = 'later') over () as later,
         count(*) filter (grouped = 'none') over () as undated,
         row_number() over (order by due_date nulls last, ref, kind, thing) as position from mine),
first as (from counted order by position limit $limit offset $offset)
select f.kind, f.thing, f.aspect, f.activity, f.template, f.step, f.item, f.short, f.unit, f.owner, f.due_date, f.overdue,
       f.status, f.reply, f.ref, f.village_code, f.as_of, f.entry, f.recorded_by, f.recorded_at, f.grouped, f.days_late,
       f.total, f.late, f.in_7, f.in_15, f.in_30, f.later, f.undated, v.name_th as village_th, v.name_en as village_en,
       t.name_th as tambon_th, t.name_en as tambon_en, f.meeting_id
from first f left join warehouse.place t on t.code = f.tambon_code left join warehouse.place v on v.code = f.village_code
order by f.position
