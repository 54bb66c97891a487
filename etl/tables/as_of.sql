-- The date of the data, as of which "overdue" and "stalled" are said: an old file never looks more alive or more late than it
-- was, and news of a few makes nobody else late.
-- Reads: ahead, dated, dated_group, event, household_10_kept, news, out.as_of, plan_10_kept, sheet, step_10_kept
-- Writes: ahead, dated, dated_group, home, news, out.as_of

-- One row per household and file that tells of something dated: its latest day. The files that tell of {speaks} % of the
-- households of a district's register year are one group, ''; a smaller one dates its own households alone, where any speaks.
create table news as
with told as (
  select e.register_year, village_code[1:4] as district_code, household_id, closed_date is not null as closed, file,
         max(happened_on) as latest
  from event e join household_10_kept using (register_year, household_id) join sheet s on s.sheet_no = e.sheet_no
  group by all),
district as (
  select register_year, district_code, count(distinct household_id) as households from told group by all),
of_file as (
  select register_year, district_code, file, count(*) * 100 >= {speaks} * any_value(households) as speaks
  from told join district using (register_year, district_code) group by all),
grouped as (
  select *, if(speaks or not bool_or(speaks) over (partition by register_year, district_code), '', file) as part
  from of_file)
select told.*, part from told join grouped using (register_year, district_code, file);

-- One row per group: the day on which, or after it, as many households have news as its date needs: {share} % of those that
-- are not closed, and no single one where there are three or more.
create table dated_group as
with household as (
  select register_year, district_code, part, household_id, max(latest) as latest, bool_or(closed) as closed
  from news group by all)
select register_year, district_code, part,
       list(latest order by latest desc)[greatest(1, least(2, count(*) - 1),
         cast(ceil(coalesce(nullif(count(*) filter (not closed), 0), count(*)) * {share} / 100) as int))] as shared
from household group by all;

-- One row per group: its date, the latest day within {within_days} days of which, or after it, so many households have news.
create table dated as
select g.register_year, g.district_code, g.part, max(happened_on) as as_of
from (select distinct n.register_year, n.district_code, n.part, e.happened_on
      from news n join sheet s using (file) join event e
        on e.sheet_no = s.sheet_no and e.register_year = n.register_year and e.household_id = n.household_id) d
join dated_group g using (register_year, district_code, part)
where happened_on <= shared + {within_days} group by all;

-- One row per register year and district: the date.
create table out.as_of as select register_year, district_code, as_of from dated where part = '' order by all;

-- One row per household that a smaller file has later news of than the district's date: the date of that file.
create table ahead as
select n.register_year, n.household_id, max(d.as_of) as as_of
from news n join dated d using (register_year, district_code, part) join out.as_of o using (register_year, district_code)
where n.part <> '' and d.as_of > o.as_of group by all;

-- Households something happened to, with their data's date: small beside the register, so later joins stay small.
create table home as
select register_year, household_id, coalesce(ahead.as_of, o.as_of) as as_of
from household_10_kept
join (select distinct register_year, household_id from event
      union select register_year, household_id from plan_10_kept
      union select register_year, household_id from step_10_kept) using (register_year, household_id)
join out.as_of o on o.register_year = household_10_kept.register_year and o.district_code = village_code[1:4]
left join ahead using (register_year, household_id);
