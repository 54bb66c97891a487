-- Names of places as they are compared: without their rank. Made when the first sheet says its places in names.
-- Reads: place, village_1_placed
-- Writes: tambon_list, village_list
create macro if not exists tambon_word(t) as spelled(regexp_replace(trim(t), '^(ตำบล|ต[.]|แขวง) *', ''));
create macro if not exists district_word(t) as spelled(regexp_replace(trim(t), '^(กิ่งอำเภอ|อำเภอ|อ[.]|เขต) *', ''));
create macro if not exists province_word(t) as case spelled(t) when 'กทม' then 'กรุงเทพ'
  else spelled(regexp_replace(trim(t), '^(จังหวัด|จ[.]) *', '')) end;
create macro if not exists village_word(t) as spelled(regexp_replace(trim(t), '^(หมู่บ้าน|บ้าน|บ[.]) *', ''));

create table if not exists tambon_list as
select t.code as tambon_code, d.code as district_code, p.code as province_code, tambon_word(t.name_th) as tambon,
       district_word(d.name_th) as district, province_word(p.name_th) as province,
       concat(t.name_th, ' อ.', d.name_th, ' จ.', p.name_th) as said
from place t join place d on d.code = t.parent join place p on p.code = d.parent where t.level = 'tambon';

create table if not exists village_list as
select distinct village_code, village_word(village_name) as village, village_name as said
from village_1_placed where village_code is not null and village_name is not null;
