-- Geocode one sheet by names or parts of a code. First its places, one row per spelling: null where it has no such column.
-- Reads: <sheet>, fitting, in_village, nearest, resolved, spoken, tambon_list, village_list
-- Writes: fitting, in_village, nearest, resolved, sheet_<n>_placed, spoken
-- Appends: fault
create or replace table spoken as
select row_number() over () as way, * from (
  select distinct {columns} from {sheet} s
  where {village_code} is null and ({tambon_code} is not null or {tambon_name} is not null)
    and (faults is null or len(faults) > 0));

-- Subdistricts that fit: by code where there is one, else by every name that is given.
create or replace table fitting as
select s.way, list(t.tambon_code order by t.tambon_code) as codes,
       list(concat(t.said, ' ', t.tambon_code) order by t.tambon_code) as said
from spoken s join tambon_list t
  on case when s.tambon_code is not null then t.tambon_code = s.tambon_code
          else t.tambon = tambon_word(s.tambon_name)
               and coalesce(t.district_code = s.district_code, t.district = district_word(s.district_name)
                            or (district_word(s.district_name) = 'เมือง' and t.district = concat('เมือง', t.province)), true)
               and coalesce(t.province_code = s.province_code, t.province = province_word(s.province_name), true) end
group by all;

-- The closest subdistricts of a name that fits none, in the district that was said before those of others.
create or replace table nearest as
select s.way, list(concat(t.said, ' ', t.tambon_code)
                   order by coalesce(t.district = district_word(s.district_name), false) desc,
                            jaro_winkler_similarity(t.tambon, tambon_word(s.tambon_name)) desc, t.tambon_code)[1:3] as said
from spoken s join tambon_list t on jaro_winkler_similarity(t.tambon, tambon_word(s.tambon_name)) > 0.8
where s.tambon_code is null and s.way not in (select way from fitting) group by all;

-- Villages of the one subdistrict that fits, for those who give a name and no number, the closest first.
create or replace table in_village as
select s.way, list(v.village_code order by v.village_code) filter (v.village = village_word(s.village_name)) as codes,
       list(concat(v.said, ' ', v.village_code)
            order by jaro_winkler_similarity(v.village, village_word(s.village_name)) desc, v.village_code)[1:5] as said
from spoken s join fitting f using (way) join village_list v on v.village_code[1:6] = f.codes[1]
where len(f.codes) = 1 and s.moo is null and s.village_name is not null group by all;

-- One row per way: the village code, or what is wrong with it.
create or replace table resolved as
select s.*,
       case when len(f.codes) = 1 and s.moo between 1 and 99 then concat(f.codes[1], lpad(s.moo::varchar, 2, '0'))
            when len(f.codes) = 1 and s.moo is null and len(v.codes) = 1 then v.codes[1] end as code,
       case when f.way is null then 'unknown_place' when len(f.codes) > 1 then 'ambiguous_place'
         when s.moo is not null then null
            when s.village_name is null then 'missing_moo' when coalesce(len(v.codes), 0) > 1 then 'ambiguous_place'
            else 'unknown_place' end as fault,
       coalesce(len(f.codes) = 1, false) as in_tambon,
       concat_ws(' ', s.village_name, coalesce(s.tambon_code, 'ต.' || s.tambon_name), 'อ.' || s.district_name,
         'จ.' || s.province_name) as found,
       array_to_string(case when f.way is null then n.said when len(f.codes) > 1 then f.said[1:5]
                            when len(v.codes) > 1 then list_filter(v.said, lambda x: list_contains(v.codes, right(x, 8)))
                                else v.said end, ' | ') as expected
from spoken s left join fitting f using (way) left join nearest n using (way) left join in_village v using (way);

insert into fault
select '{register}', {row_id}, {number},
       case when r.fault = 'missing_moo' then '{says_moo}' when r.in_tambon then '{says_village}' else '{says}' end, r.fault,
       'error', quoted(r.found), coalesce(r.expected, '')
from {sheet} s join resolved r on {same}
where {village_code} is null and r.code is null and (faults is null or len(faults) > 0);

create table sheet_{number}_placed as
select {row_id} as row_id, s.{rest}, coalesce({village_code}, r.code) as village_code
from {sheet} s left join resolved r on {same};
