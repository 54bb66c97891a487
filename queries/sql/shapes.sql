-- Outlines of the subdistricts or villages (`level`) whose code begins with `within`: one row per area that has one.
-- Tells: words
-- Computes: code, parent, name_th, name_en, basis, source, lon, lat, geometry
-- basis is official (a file that was loaded) or approximate (cells around village points); geometry is GeoJSON, lon and lat lie
-- inside.
select s.code, s.parent, p.name_th, p.name_en, s.basis, s.source, s.lon, s.lat, s.geometry
from warehouse.shape s left join warehouse.place p using (code)
where s.level = $level and starts_with(s.code, $within)
order by s.code
