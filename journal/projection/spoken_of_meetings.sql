-- Entries of meetings, of what they gave to somebody and of whom they certified: which stand,
-- and which of them speaks of a thing.
-- Reads: delta.entry
-- Writes: meeting_standing, meeting_head, meeting_spoken
create or replace temp table meeting_standing as
with here as (select * from delta.entry where kind in ({of_meetings}) or (kind = 'certification' and meeting <> '')),
withdrawn as (select ref, village, thing as id from delta.entry where kind = 'withdrawn')
select *, coalesce(occurred_on, cast(received_at as date)) as said_on
from here anti join withdrawn using (ref, village, id)
where kind = 'certification' or list_has_all((select list(id) from here), base);

-- Of kinds that keep the last one, as entries.sql has it for households; two areas never speak of one meeting.
create or replace temp table meeting_head as
with last as (from meeting_standing where kind in ({last}) and kind <> 'certification'),
superseded as (select village, kind, thing, unnest(base) as id from last)
select *, count(distinct concat(body, occurred_on)) over (partition by village, kind, thing) > 1 as forked
from last anti join superseded using (village, kind, thing, id);

create or replace temp table meeting_spoken as
with seen as (select village, kind, thing, id as head, unnest(base) as id from meeting_head where forked),
by_all as (
  select village, kind, thing, id from seen group by village, kind, thing, id
  having count(*) = (select count(*) from meeting_head h
                     where h.forked and h.village = seen.village and h.kind = seen.kind and h.thing = seen.thing)),
agreed as (
  select s.*, true as forked from meeting_standing s join by_all using (village, kind, thing, id)
  qualify row_number() over (partition by village, kind, thing order by said_on desc, id) = 1)
from (
  from meeting_head where not forked
  qualify row_number() over (partition by village, kind, thing order by said_on, id) = 1)
union all by name from agreed;
