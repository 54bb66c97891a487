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
