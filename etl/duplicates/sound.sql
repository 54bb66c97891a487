-- Reads out.person, out.household. Makes name_sound: one row per written name, how it sounds.
-- A province has some 100,000 names for a million people, so that a rule more about spelling costs next to nothing.

-- A name without what officers write beside it: a nickname in brackets or quotes or behind a slash; a title or rank in front,
-- by its word or by its full stops, which no name has. What is left must begin as a name does: คุณ is a title in คุณสมชาย, not
-- in คุณากร.
create macro without_nickname(t) as regexp_replace(t, '[(\[{"“][^)\]}"”]*(?:[)\]}"”]|$)|/.*$', ' ', 'g');
create macro honorifics() as concat_ws('|',
  'นางสาว|นาย|นาง|เด็กชาย|เด็กหญิง|คุณ|พ่อใหญ่|แม่ใหญ่|ปู่|ย่า|ตา|ยาย|ลุง|ป้า|กำนัน|ผู้ใหญ่บ้าน|ผู้ใหญ่',
  'ครู|อาจารย์|ด็อกเตอร์|ดอกเตอร์|พระครู|พระ|สามเณร|หลวงพ่อ|หลวงปู่|หลวงตา|แม่ชี',
  'ว่าที่|(?:ร้อย|พัน|พล|สิบ|จ่าสิบ)(?:ตำรวจ)?(?:ตรี|โท|เอก)|จ่าสิบตำรวจ',
  'ดาบตำรวจ|(?:เรือ|นาวา|นาวาอากาศ|เรืออากาศ|พันจ่า|พันจ่าอากาศ|จ่า|จ่าอากาศ)(?:ตรี|โท|เอก)|พลทหาร',
  '[ก-ฮ]{1,3}[.]|Mrs?[.]?|Miss|Ms[.]?');
create macro bare_name(t) as trim(regexp_replace(
  concat(trim(without_nickname(t)), ' '), concat('^(?:(?:', honorifics(), ')(?:หญิง)? *)+([เ-ไ]?[ก-ฮ][^ ]| *$)'), '\1'));

-- What a name sounds like when two officers write it: marks that nobody hears or sees and silent letters go, spellings that
-- are read alike are one.
create macro without_marks(t) as regexp_replace(spelled(t), '\p{Cf}|[็-๋๎ฺ''"-]', '', 'g');
create macro without_silent(t) as regexp_replace(replace(t, 'ํา', 'ำ'), '(?:[ทตด]ร|ษณ|[ก-ฮ])[ิีุู]*์+', '', 'g');
create macro with_plain_vowels(t) as regexp_replace(regexp_replace(regexp_replace(
  replace(t, 'ำ', 'ัม'), 'รร([ก-ฮ])', 'ั\1', 'g'), 'รร$', 'ัน'), '[ไใ]([ก-ฮ])ย?', '\1ัย', 'g');
create macro with_plain_consonants(t) as regexp_replace(regexp_replace(regexp_replace(
  t, '[ศสซ]ร(.)', 'ส\1', 'g'), '(^|[^ัน])ทร(.)', '\1ส\2', 'g'), 'ญ([^ะัาิีุู]|$)', 'น\1', 'g');

-- Where a name ends, letters that are silent though nobody wrote the mark: ศักดิ, เกียรติ, พันธุ, รัตน, ยุทธ, วงศ.
create macro without_silent_end(t) as regexp_replace(regexp_replace(regexp_replace(regexp_replace(
  t, '(?:([กส])ดิ|(ท)ธิ|(ร)ติ|(น)ธุ)$', '\1\2\3\4'), 'ั(?:([ตฒ])น|(ก)ษณ?|(น)ธ|([ตท])ร)$', 'ั\1\2\3\4'),
  '(น)ทร?$|(ท)[ธย]$', '\1\2'), 'ง[ศษส]$', 'ง');

-- The end of a syllable has eight sounds in Thai; the end of a name is the one that is seen without a dictionary.
create macro with_plain_end(t) as regexp_replace(regexp_replace(regexp_replace(regexp_replace(
  t, '[ตทดช]ร$', 'ด'), '([^เแโ])[รลฬญณ]$', '\1น'), '([^เแโ])[จชซฎฏฐตถทธศษส]$', '\1ด'), '([^เแโ])[ปพฟภ]$', '\1บ');

-- Each sound is one Latin letter, because the engine compares bytes and three of a Thai letter's are always alike; a vowel
-- that was typed twice is one.
create macro in_latin(t) as translate(t, 'กขคงจฉชฌดตถทนบปผฝพฟมยรลฦวสหอฮะัาิึุเแโณศษซฬญฎฏฐฑฒธภฆฃฅฤีูื',
                                         'abcdefghijllmnopqrstuvvvyzABCDEFHIJKLMmzzzvuijllllrcbcvHJI');
create macro once(t) as regexp_replace(regexp_replace(regexp_replace(regexp_replace(
  t, 'H+', 'H', 'g'), 'E+', 'E', 'g'), 'J+', 'J', 'g'), 'I+', 'I', 'g');
create macro sounded(t) as once(in_latin(with_plain_end(without_silent_end(
  with_plain_consonants(with_plain_vowels(without_silent(without_marks(t))))))));

-- Its consonants alone, by which names are brought together: ร and ล (v) are not heard behind another consonant.
create macro skeleton(t) as regexp_replace(regexp_replace(t, '[^ABCa-z]', '', 'g'), '([^v])v+', '\1', 'g');

create table name_sound as
with names as (
  select first_name as first, last_name as last from out.person
  union all select head_first_name, head_last_name from out.household),
-- behind a rank that stands where the first name should, the surname holds both
parted as (select bare_name(last) as name from names where contains(last, ' '))
select name, sounded(bare_name(name)) as sound, skeleton(sound) as consonants
from (select first as name from names union select last from names
      union select first_name_of(name) from parted union select last_name_of(name) from parted)
where name is not null;
