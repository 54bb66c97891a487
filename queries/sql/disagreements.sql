-- Where an entry and the registers say different things: one row per household and field of a thing; `total` in all.
-- Tells: cases
-- Computes: total, total_register, village_th, village_en, tambon_th, tambon_en
-- Where the register counts first, then the latest; with `household` of one alone. happened_on is the day of the entry,
-- register_on that of the register, where it says one; counts is entry or register. why: withdrawn (a row still carries what
-- was taken back), edited (the row that carries the entry says otherwise), register_later, register_stands (what it has stays),
-- later (the entry is), undated (the register says no day).
with apart as (
  select *, count(*) over () as total, count(*) filter (counts = 'register') over () as total_register
  from chosen_disagreements($filters, $reader) where $household = '' or home = home_of($household)
  order by counts desc, happened_on desc, ref, thing, field, entry limit $limit offset $offset)
select d.ref, d.village_code, v.name_th as village_th, v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en,
       d.kind, d.thing, d.item, d.field, d.said, d.told, d.happened_on, d.register_said, d.register_told, d.register_on,
       d.counts, d.why, d.entry, d.recorded_by, d.recorded_at, d.total, d.total_register
from apart d left join warehouse.place t on t.code = d.tambon_code left join warehouse.place v on v.code = d.village_code
order by d.counts desc, d.happened_on desc, d.ref, d.thing, d.field, d.entry
