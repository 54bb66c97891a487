-- Where one household stands among those chosen, by village and house: one row with the one before and the one after.
-- Tells: cases
with keyed as (  -- a number sorts five times faster than the texts it is made of
  select ref, cast(village_code as bigint) * 1000000 + if($reader['address'], coalesce(try_cast(regexp_extract(house_no, '^[0-9]{1,6}') as int), 0), 0) as place
  from chosen_households($filters, $reader)),
here as (select max(place) as place, max(ref) as ref from keyed where ref = $household),
beside as (
  select keyed.*, keyed.place < here.place or (keyed.place = here.place and keyed.ref < here.ref) as earlier, keyed.ref = here.ref as here
  from keyed, here)
select count(*) as total, count(*) filter (earlier or here) as position,
       (select ref from beside where earlier order by place desc, ref desc limit 1) as before,
       (select ref from beside where not earlier and not here order by place, ref limit 1) as after,
       (select ref from keyed order by place, ref limit 1) as first
from beside
