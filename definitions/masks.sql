-- Masks, in the Thai way. A leading vowel is written before its consonant, so the first letter is then two characters.
create macro first_letter(t) as if(t[1:1] in ('เ', 'แ', 'โ', 'ใ', 'ไ'), t[1:2], t[1:1]);
create macro mask_name(t) as first_letter(t) || '…';
create macro mask_citizen_id(t) as 'x-xxxx-xxxxx-' || t[11:12] || '-' || t[13:13];
create macro mask_phone(t) as 'xxx-xxx-xx' || right(t, 2);
create macro mask_address(t) as if(t is null, null, 'xxx');
-- Free text: the names of its own household are gone already (`written`); what is left are numbers that identify, and names told by a
-- title, with the surname after it. An official's title is no name. Thai has no space between words, so a verb may go with the name.
create macro without_ids(t) as regexp_replace(t, '(^|[^0-9๐-๙])[0-9๐-๙][- ]?[0-9๐-๙]{4}[- ]?[0-9๐-๙]{5}[- ]?([0-9๐-๙]{2})[- ]?([0-9๐-๙])', '\1x-xxxx-xxxxx-\2-\3', 'g');
create macro without_phones(t) as regexp_replace(t, '(^|[^0-9๐-๙])[0๐][0-9๐-๙]{1,2}[- ]?[0-9๐-๙]{3}[- ]?[0-9๐-๙]{1,2}([0-9๐-๙]{2})', '\1xxx-xxx-xx\2', 'g');
create macro official(t) as regexp_replace(t, '(นาย)(อำเภอ|ทะเบียน|จ้าง|ก *(?:อบต|อบจ|องค์การ|เทศ|เหล่ากาชาด|กิ่งกาชาด|รัฐมนตรี|สมาคม|ฯ))', '\1' || chr(57344) || '\2', 'g');
create macro without_titled(t) as replace(regexp_replace(official(t), '(นางสาว|นาย|นาง|น[.]ส[.]|เด็กชาย|เด็กหญิง|ด[.]ช[.]|ด[.]ญ[.])( *)([เแโใไ]?[ก-ฮ])[ก-๛]*…?(?: +(?:[ก-๛]{1,2}…|[ก-๛]{2,20}))?',
  '\1\2\3…', 'g'), chr(57344), '');
-- A code that is a whole ID, where a list had no other for the household; one that holds thirteen digits among others is none.
create macro code_without_id(t) as if(regexp_full_match(t, '[0-9][- ]?[0-9]{4}[- ]?[0-9]{5}[- ]?[0-9]{2}[- ]?[0-9]([-/][0-9]+)?'), without_ids(t), t);
create macro mask_text(t) as without_titled(without_phones(without_ids(t)));
create macro mask_health(t) as if(t is null, null, '(ปิดบัง)');
create macro mask_coordinates(t) as null;
