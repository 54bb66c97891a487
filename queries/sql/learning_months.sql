-- The months in which the chosen offices met to learn: one row per month, the latest first.
-- Tells: counts
-- Computes: month, until, meetings, looked_at, moved_on, taught, lessons
-- until: the day of its last meeting. looked_at: subjects at its meetings; moved_on: to a later step than at the meeting
-- before.
select strftime(met_date, '%Y-%m') as month, max(met_date) as until, count(distinct (district_code, met_date)) as meetings,
       count(distinct (district_code, path_no)) as looked_at, count(*) filter (position > coalesce(before, 0)) as moved_on,
       count(*) filter (teacher is not null) as taught,
       count(distinct (district_code, drawn_lesson)) filter (drawn_lesson is not null) as lessons
from learning_moves($filters, $reader, date '9999-12-31')
group by month order by month desc
