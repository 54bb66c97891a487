-- Where one household stands among those chosen, by village and house: one row with the one before and the one after.
with keyed as (
  select ref, concat(village_code, lpad(coalesce(regexp_extract(house_no, '^[0-9]+'), ''), 5, '0'), ref) as place
  from chosen_households($filters, $reader)),
here as (select max(place) as place from keyed where ref = $household)
select count(*) as total, count(*) filter (keyed.place <= here.place) as position,
       max(keyed.place) filter (keyed.place < here.place)[14:] as before, min(keyed.place) filter (keyed.place > here.place)[14:] as after,
       min(keyed.place)[14:] as first
from keyed, here
