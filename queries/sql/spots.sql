-- Households of one view (west,south,east,north in degrees) that have a point: one row each, the first `limit`.
-- Tells: cases
-- Computes: village_th, village_en, total
select h.ref, longitude, latitude, deprived, coalesce(overdue, false) as overdue, village_code,
       v.name_th as village_th, v.name_en as village_en,
       count(*) over () as total
from chosen_households($filters, $reader) h, (select cast(string_split($view, ',') as double[]) as e) edges
left join warehouse.place v on v.code = village_code
where $reader['coordinates'] and longitude between e[1] and e[3] and latitude between e[2] and e[4]
order by h.ref limit $limit
