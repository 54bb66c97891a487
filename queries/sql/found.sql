-- Families found that are in no register, the latest first: one row per entry, a proposal; `total` in all.
-- Tells: cases
-- Computes: lacks, village_th, village_en, tambon_th, tambon_en, total
-- `state` is open, or decided: those that an officer has dealt with (`decided`, with commas between).
with matching as not materialized (
  select *, count(*) over () as total
  from visible_found($reader) where list_contains(string_split($decided, ','), entry) = ($state = 'decided')
  order by happened_on desc, entry limit $limit offset $offset)
select m.entry, m.village_code, v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th,
       t.name_en as tambon_en, m.happened_on, m.lacks,
       m.first_name, m.last_name, m.house_no, m.finding, m.latitude, m.longitude, m.recorded_by, m.recorded_at, m.total
from matching m left join warehouse.place v on v.code = m.village_code
left join warehouse.place t on t.code = m.village_code[1:6]
order by m.happened_on desc, m.entry
