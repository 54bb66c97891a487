-- Masks, in the Thai way. A leading vowel is written before its consonant, so the first letter is then two characters.
create macro first_letter(t) as if(t[1:1] in ('เ', 'แ', 'โ', 'ใ', 'ไ'), t[1:2], t[1:1]);
create macro mask_name(t) as first_letter(t) || '…';
create macro mask_citizen_id(t) as 'x-xxxx-xxxxx-' || t[11:12] || '-' || t[13:13];
create macro mask_phone(t) as 'xxx-xxx-xx' || right(t, 2);
create macro mask_address(t) as if(t is null, null, 'xxx');
-- Free text: the names of its own household are gone already (`written`); what is left are numbers that identify, and names
-- behind a title, with the surname after it. An official's title is no name. Thai has no space between words, so a verb may
-- go with the name.

-- An ID in any of the ways in which people space one (and in which the loader reads one), then in the official one, which may
-- follow others.
create macro without_spaced_ids(t) as regexp_replace(t,
  '(^|[^0-9๐-๙])[0-9๐-๙](?:[ .–-]{0,2}[0-9๐-๙]){9}[ .–-]{0,2}([0-9๐-๙])[ .–-]{0,2}([0-9๐-๙])' ||
  '[ .–-]{0,2}([0-9๐-๙])($|[^0-9๐-๙])', '\1x-xxxx-xxxxx-\2\3-\4\5', 'g');
create macro without_ids(t) as regexp_replace(without_spaced_ids(t),
  '(^|[^0-9๐-๙])[0-9๐-๙][- ]?[0-9๐-๙]{4}[- ]?[0-9๐-๙]{5}[- ]?([0-9๐-๙]{2})[- ]?([0-9๐-๙])', '\1x-xxxx-xxxxx-\2-\3', 'g');
create macro without_phones(t) as regexp_replace(t,
  '(^|[^0-9๐-๙])[0๐][0-9๐-๙]{1,2}[- ]?[0-9๐-๙]{3}[- ]?[0-9๐-๙]{1,2}([0-9๐-๙]{2})', '\1xxx-xxx-xx\2', 'g');
create macro official(t) as regexp_replace(t,
  '(นาย)(อำเภอ|ทะเบียน|จ้าง|ก *(?:อบต|อบจ|องค์การ|เทศ|เหล่ากาชาด|กิ่งกาชาด|รัฐมนตรี|สมาคม|ฯ))',
  '\1' || chr(57344) || '\2', 'g');
create macro without_titled(t) as replace(regexp_replace(official(t),
  '(นางสาว|นาย|นาง|น[.]ส[.]|เด็กชาย|เด็กหญิง|ด[.]ช[.]|ด[.]ญ[.])( *)([เแโใไ]?[ก-ฮ])[ก-๛]*…?(?: +(?:[ก-๛]{1,2}…|[ก-๛]{2,20}))?',
  '\1\2\3…', 'g'), chr(57344), '');
-- A household's code that is an ID, alone or behind a year or a village, where a list had no other; one that only holds
-- thirteen digits among letters is none.
create macro code_without_id(t) as if(regexp_full_match(t,
  '([0-9๐-๙]{1,8}[/-])?[0-9๐-๙](?:[ .–-]{0,2}[0-9๐-๙]){12}([-/][0-9]+)?'), without_ids(t), t);
-- A title as it stands, or masked where somebody wrote a name there.
create macro mask_title(t) as if(regexp_full_match(trim(t),
  'นาย|นาง|นางสาว|น[.]? ?ส[.]?|เด็กชาย|เด็กหญิง|ด[.]?ช[.]?|ด[.]?ญ[.]?|พระ|สามเณร|แม่ชี|([ก-ฮ]{1,3}[.] ?)+(หญิง)?'),
  t, mask_name(t));
-- What a fault may quote of a cell: no more than eighty characters, and not the greater part of an ID.
create macro quoted(t) as left(if(length(t) > 80, without_ids(t), t), 80);
-- What somebody wrote, without the names that are given, the longest first.
create macro without_names(t, names) as list_reduce(names, lambda masked, n: replace(masked, n, first_letter(n) || '…'), t);
create macro mask_text(t) as without_titled(without_phones(without_ids(t)));
create macro mask_health(t) as if(t is null, null, '(ปิดบัง)');
create macro mask_coordinates(t) as null;
