-- Households of one view (west,south,east,north in degrees) in hexagons of `size` (degrees of Mercator, middle to corner).
-- Tells: cases
-- Computes: x, y, households
-- Grain: one row per hexagon that has any, x and y its middle in Mercator degrees. None for a reader who may not see where
-- homes are.
with edges as (select cast(string_split($view, ',') as double[]) as e),
place as (
  select longitude as x, degrees(ln(tan(radians(45 + latitude / 2)))) as y, deprived
  from chosen_households($filters, $reader), edges
  where $reader['coordinates'] and longitude between e[1] and e[3] and latitude between e[2] and e[4]),
axial as (select (x * sqrt(3) / 3 - y / 3) / $size as q, y * 2 / 3 / $size as r, deprived from place),
whole as (  -- the nearest middle: round all three, mend the one that moved most, for they add up to nothing
  select *, round(q) as rq, round(r) as rr, round(-q - r) as rs, abs(round(q) - q) as dq, abs(round(r) - r) as dr,
         abs(round(-q - r) + q + r) as ds
  from axial),
cells as (
  select case when dq > dr and dq > ds then -rr - rs else rq end as q, case when dr >= dq and dr > ds then -rq - rs
         else rr end as r, deprived
  from whole)
select $size * sqrt(3) * (q + r / 2) as x, $size * 1.5 * r as y, count(*) as households,
       count(*) filter (deprived > 0) as deprived
from cells group by q, r order by x, y
