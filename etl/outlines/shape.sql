-- One row per subdistrict or village that has an outline: official where a file brought it, else a cell around known points.
-- lon, lat is a point inside, for a label, point_lon, point_lat the known point of a village, which homes are near; geometry is
-- GeoJSON, four decimals, wound as RFC 7946 says.
-- Reads: made, outline
-- Writes: out.shape
create table out.shape as
select level, code, code[:-3] as parent, basis, source, lon, lat, point_lon, point_lat, geometry
from (select 'tambon' as level, code, 'official' as basis, source, lon, lat, lon as point_lon, lat as point_lat, geometry
      from outline
      union all
      select level, code, 'approximate', source, lon, lat, point_lon, point_lat, geometry from made)
order by level, code;
