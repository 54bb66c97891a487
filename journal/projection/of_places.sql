-- What registers of places have of the entries: rows that came back carry the ids of the entries that are in them; and the
-- numbers of those that become rows: made of their ids, as carried.sql has it for households.
-- Reads: delta.entry and the tables of the registers
-- Writes: place_carried, place_numbered
create or replace temp table place_carried as
select register, code, unnest(string_split(entries, ' ')) as id from (
  select 'fund_check' as register, village_code as code, entries from warehouse.fund_check
  union all select 'debt_action', village_code, entries from warehouse.debt_action
  union all select 'learning_meeting', district_code, entries from warehouse.learning_meeting
  union all select 'village_assessment', village_code, entries from warehouse.village_assessment
  union all select 'village_score', village_code, entries from warehouse.village_score
  union all select 'village_forum', village_code, entries from warehouse.village_forum)
where entries is not null;

create or replace temp table place_numbered as
with wanted as (
  select village, kind, if(kind = 'forum_opened', '', thing) as of, id, received_at,
         10000 + cast(concat('0x', md5(id)[1:8]) as bigint) % 50000 as wanted
  from delta.entry where kind in ('loan_step', 'debt_step', 'forum_opened')),
in_order as (
  select *, row_number() over (partition by village, kind, of order by wanted, received_at, id) as place from wanted)
select id, place + max(wanted - place) over (
         partition by village, kind, of order by place rows between unbounded preceding and current row) as number
from in_order;
