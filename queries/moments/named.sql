-- Who some households are, as the reader may see them: one row each.
-- Tells: cases
-- Computes: village_th, village_en, tambon_th, tambon_en
select h.ref, head_title, head_first_name, head_last_name, village_code, village_moo, v.name_th as village_th,
       v.name_en as village_en, t.name_th as tambon_th, t.name_en as tambon_en
from visible_households($reader) h
left join warehouse.place v on v.code = village_code left join warehouse.place t on t.code = tambon_code
where home in (from homes_of($refs))
