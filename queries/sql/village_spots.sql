-- Households gathered at the point of their village, for readers who may not see homes: one row per village on the map.
-- Tells: counts
-- Computes: code, name_th, name_en, lon, lat, households
select village_code as code, p.name_th, p.name_en, point_lon as lon, point_lat as lat, households, deprived
from (select village_code, cast(sum(households) as bigint) as households, number_of(households, deprived > 0) as deprived
      from chosen_tallies($filters, $reader) group by all)
join warehouse.shape s on s.level = 'village' and s.code = village_code left join warehouse.place p on p.code = village_code
order by code
