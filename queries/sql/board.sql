-- What is promised to the chosen households and not done, late first: one row per open plan item, step, need and action.
-- Tells: cases
-- Computes: grouped, group_items, group_overdue, short, days_late, total, total_overdue
-- Computes: meeting_id
-- Computes: village_th, village_en, tambon_th, tambon_en
-- `sort` is what it is grouped by: owner, village, else when it is due ("late", a month, none). Groups with the most that is
-- late come first, months in their order. Without an `owner` it has everybody's; '' is what nobody has taken.
with owed as not materialized (
  select *, as_of - due_date as days_late,
         case $sort when 'owner' then owner when 'village' then coalesce(village_code, '')
           else if(overdue, 'late', coalesce(strftime(due_date, '%Y-%m'), '')) end as grouped
  from chosen_promises($filters, $reader)
  where cast($owner as varchar) is null or owner = owner_for($reader, $owner)),
counted as (
  select *, count(*) over () as total, count(*) filter (overdue) over () as total_overdue,
         count(*) over (partition by grouped) as group_items,
         count(*) filter (overdue) over (partition by grouped) as group_overdue,
         if($sort in ('owner', 'village'), count(*) over (partition by grouped), 0) as many
  from owed),
forks as (select distinct ref, thing from chosen_records($filters, $reader) where forked),
first as (
  select *, row_number() over (order by group_overdue desc, many desc, grouped = '', grouped, overdue desc, due_date nulls last,
           ref, kind, thing) as position
  from counted order by position limit $limit offset $offset)
select f.grouped, f.group_items, f.group_overdue, f.kind, f.thing, f.aspect, f.activity, f.template, f.step, f.item, f.short,
       f.unit, f.owner, f.due_date, f.overdue, f.days_late, f.status, f.reply, f.ref, f.village_code, v.name_th as village_th,
       v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en, f.as_of, f.meeting as meeting_id, f.entry,
       f.recorded_by,
       f.recorded_at,
       exists (from forks where ref = f.ref and thing = f.thing) as forked, f.total, f.total_overdue
from first f left join warehouse.place t on t.code = f.tambon_code left join warehouse.place v on v.code = f.village_code
order by f.position
