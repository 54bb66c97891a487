-- Households of one view (west,south,east,north in degrees) in hexagons of `size` (degrees of Mercator, middle to corner).
-- Tells: cases
-- Computes: x, y, households
-- Grain: one row per hexagon that has any, x and y its middle in Mercator degrees. None for a reader who may not see where
-- homes are.
with edges as (select cast(string_split($view, ',') as double[]) as e),
cells as (
  select nearest_of(longitude, mercator(latitude), sqrt(3) * $size, 3 * $size) as hexagon, deprived
  from chosen_households($filters, $reader), edges
  where $reader['coordinates'] and longitude between e[1] and e[3] and latitude between e[2] and e[4])
select hexagon['x'] as x, hexagon['y'] as y, count(*) as households, count(*) filter (deprived > 0) as deprived
from cells group by all order by x, y
