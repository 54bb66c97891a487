-- Text cells to typed values. Each macro gives null for what it cannot read; the caller lists that as a fault.
-- The plain spelling is tried first: only the cells that need it pay for Thai digits, commas and Buddhist years. Branches of
-- a case, never of a coalesce: the engine computes what two branches of a coalesce share for every row (450 against 100 ns).

-- A row id tells the sheet (in its upper bits) and the place of the record in it, from 0 in the order of the file.
create macro row_bits() as 40;
create macro row_id(sheet_no, place) as (sheet_no::bigint << row_bits()) | place;
create macro sheet_of(row_id) as row_id >> row_bits();
create macro place_of(row_id) as row_id & ((1::bigint << row_bits()) - 1);

-- An empty cell, and the dash that registers write where a question does not apply.
create macro is_blank(t) as t is null or trim(t) in ('', '-', '–', '—');

-- The same, and the words of our own reports for a dimension of which nothing is known.
create macro is_no_data(t) as is_blank(t) or lower(trim(t)) in ('ไม่มีข้อมูล', 'no data', 'no_data');

-- What stands for "none" where a number, a date or a code is asked for.
create macro no_value(t) as is_blank(t) or lower(trim(t)) in ('ไม่มี', 'ไม่มีข้อมูล', 'ไม่ระบุ', 'ไม่ทราบ', 'ว่าง', 'n/a',
  'na', '#n/a');

-- Almost every text begins with a letter or a digit and ends with no space; trimming it all the same costs ten times as much.
create macro is_trimmed(t) as
  (t between '0' and '~' or t between 'ก' and '๛') and not (ends_with(t, ' ') or ends_with(t, chr(160))
    or ends_with(t, chr(12288)));

create macro to_text(t) as case when is_trimmed(t) then t when not is_blank(t) then trim(t) end;

create macro western(t) as translate(trim(t), '๐๑๒๓๔๕๖๗๘๙', '0123456789');

-- Digits that a spreadsheet wrote as 3.42E+12 are gone.
create macro is_scientific(t) as regexp_full_match(trim(t),
  '[0-9]+([.,][0-9]+)?[eE][+][0-9]{1,3}|[0-9][.,][0-9]+[eE][0-9]{1,2}');

-- A spreadsheet leaves a code as 342106.0; digits lost to scientific notation stay lost.
create macro plain_digits(t) as regexp_replace(western(t), '[.]0+$', '');

create macro to_key(t) as case
  when regexp_full_match(t, '[0-9]+|[0-9a-f]{21,}') then t
  when not is_blank(t) and not is_scientific(t) then
    if(regexp_full_match(western(t), '[0-9]+([.]0+)?'), plain_digits(t), trim(t)) end;

create macro to_digits(t, length_wanted) as
  case when len(t) = length_wanted and regexp_full_match(t, '[0-9]+') then t
       when regexp_full_match(plain_digits(t), '[0-9]+') and len(plain_digits(t)) = length_wanted then plain_digits(t) end;

-- "1e5", "NAN" and "1_0" are numbers to a computer, not to a register.
create macro to_number(t) as case
  when regexp_full_match(t, '-?[0-9]+([.][0-9]+)?') then try_cast(t as double)
  when regexp_full_match(western(t), '-?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?|-?[0-9]+([.][0-9]+)?')
    then try_cast(replace(western(t), ',', '') as double)
  when regexp_full_match(western(t), '(฿ *)?-?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)([.][0-9]+)? *(บาทถ้วน|บาท|[.]-|฿|คน|ปี)?')
    then try_cast(replace(regexp_extract(western(t), '-?[0-9][0-9,]*([.][0-9]+)?'), ',', '') as double) end;

-- Degrees of a point: 15.7475, 15,7475, 15°44'51"N, 15° 44.85', 15 44 51; metres of UTM pass as the numbers that they are.
create macro degree_pattern() as
  '^[ne]? *([0-9]{1,3}) *[°ºd ] *([0-9]{1,2}([.][0-9]+)?) *([''′’m ] *(([0-9]{1,2}([.][0-9]+)?) *("|″|”|s|'''')?)?)? *[ne]?$';
create macro degrees_part(t, part) as
  coalesce(try_cast(nullif(regexp_extract(lower(western(t)), degree_pattern(), part), '') as double), 0);
create macro to_degrees(t) as case
  when regexp_full_match(t, '[0-9]+([.][0-9]+)?') then try_cast(t as double)
  when regexp_full_match(western(t), '[0-9]{1,3},[0-9]+') and try_cast(split_part(western(t), ',', 1) as int) < 107
    then try_cast(replace(western(t), ',', '.') as double)
  when regexp_full_match(lower(western(t)), '[ne]? *[0-9]+([.][0-9]+)? *[°º]? *[ne]?')
    then try_cast(regexp_extract(western(t), '[0-9]+([.][0-9]+)?') as double)
  when regexp_full_match(lower(western(t)), degree_pattern()) and degrees_part(t, 2) < 60 and degrees_part(t, 6) < 60
    then round(degrees_part(t, 1) + degrees_part(t, 2) / 60 + degrees_part(t, 6) / 3600, 6)
  else to_number(t) end;

-- Both in one cell, "15.76, 105.37" or the other way round: of two numbers the one that lies north or east in Thailand.
create macro numbers_of_point(t) as
  list_transform(regexp_extract_all(western(t), '[0-9]+([.][0-9]+)?'), lambda x: try_cast(x as double));
create macro to_point(t) as case
  when regexp_full_match(lower(western(t)), '[^0-9]*[0-9]+([.][0-9]+)?[^0-9.]+[0-9]+([.][0-9]+)?[^0-9]*') then trim(t) end;
create macro is_east(x) as x between 97.3 and 105.7;
create macro latitude_of(t) as list_extract(numbers_of_point(t), if(is_east(list_extract(numbers_of_point(t), 1)), 2, 1));
create macro longitude_of(t) as list_extract(numbers_of_point(t), if(is_east(list_extract(numbers_of_point(t), 1)), 1, 2));

create macro to_integer(t) as case
  when len(t) < 4 and regexp_full_match(t, '[0-9]+') then try_cast(t as usmallint)
  when to_number(t) between 0 and 65535 and to_number(t) = floor(to_number(t)) then try_cast(to_number(t) as usmallint) end;

-- Buddhist-era year, e.g. 2565; a year of the common era in the same span can be nothing else than that.
create macro year_between(y, first, last) as
  case when y between first and last then y when y + 543 between first and last then y + 543 end;
create macro to_year(t, first, last) as case
  when len(t) = 4 and regexp_full_match(t, '[0-9]+') then year_between(try_cast(t as int), first, last)
  when regexp_full_match(plain_digits(t), '((ปี|พ[.]?ศ[.]?|ค[.]?ศ[.]?) *)*[0-9]{4}')
    then year_between(try_cast(right(plain_digits(t), 4) as int), first, last) end;

-- 2565 is 2022; what lies in neither era's span is a slip of the hand. There is no 31 February: try gives null.
create macro date_of(y, m, d) as
  try(make_date(case when y between 2393 and 2693 then y - 543 when y between 1850 and 2150 then y end, m, d));

create macro thai_month(t) as case
  when regexp_matches(t, '^(ม\.?ค|มกรา)') then 1 when regexp_matches(t, '^(ก\.?พ|กุมภา)') then 2
  when regexp_matches(t, '^(มี\.?ค|มีนา)') then 3 when regexp_matches(t, '^(เม\.?ย|เมษา)') then 4
  when regexp_matches(t, '^(พ\.?ค|พฤษภา)') then 5 when regexp_matches(t, '^(มิ\.?ย|มิถุนา)') then 6
  when regexp_matches(t, '^(ก\.?ค|กรกฎา)') then 7 when regexp_matches(t, '^(ส\.?ค|สิงหา)') then 8
  when regexp_matches(t, '^(ก\.?ย|กันยา)') then 9 when regexp_matches(t, '^(ต\.?ค|ตุลา)') then 10
  when regexp_matches(t, '^(พ\.?ย|พฤศจิกา)') then 11 when regexp_matches(t, '^(ธ\.?ค|ธันวา)') then 12
  when regexp_matches(t, '^[A-Za-z]{3}') then
    try_cast(nullif(strpos('janfebmaraprmayjunjulaugsepoctnovdec', lower(left(t, 3))), 0) + 2 as int) // 3 end;

-- A part of a date by its pattern, as a number.
create macro date_part_in(t, pattern) as try_cast(regexp_extract(western(t), pattern, 1) as int);

-- Two digits after a Thai month are a Buddhist year: 65 is 2565, and 80 to 99 are a birth of 2480 to 2499.
create macro whole_year(y) as case when y >= 100 then y when y >= 80 then 2400 + y else 2500 + y end;

-- 15/03/2565, 2565-03-15, 2022-03-15 (with or without midnight), 15 มี.ค. 2565, 15-มี.ค.-65, a spreadsheet's day number. The
-- engine's own reading of the commonest form is four times as fast as a pattern and three numbers; it takes 2563 for no leap
-- year, so that 29/02/2563 is left to the pattern.
create macro slashed(t) as try_strptime(t, '%d/%m/%Y');
create macro to_date(t) as case
  when year(slashed(t)) between 2393 and 2693 then try(make_date(year(slashed(t)) - 543, month(slashed(t)), day(slashed(t))))
  when regexp_full_match(t, '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}') then
    date_of(try_cast(right(t, 4) as int), try_cast(split_part(t, '/', 2) as int), try_cast(split_part(t, '/', 1) as int))
  when regexp_full_match(western(t), '[0-9]{1,2} *[/.-] *[0-9]{1,2} *[/.-] *[0-9]{4}( 0?0:00(:00)?)?') then
    date_of(date_part_in(t, '[/.-] *([0-9]{4})'), date_part_in(t, '^[0-9]+ *[/.-] *([0-9]+)'), date_part_in(t, '^([0-9]+)'))
  when regexp_full_match(western(t), '[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}([ T]00:00:00)?') then
    date_of(date_part_in(t, '^([0-9]+)'), date_part_in(t, '[-/]([0-9]+)[-/]'), date_part_in(t, '[-/][0-9]+[-/]([0-9]+)'))
  when regexp_full_match(western(t), '(วันที่ *)?[0-9]{1,2}[ -]*[^0-9 -]+[ -]*(พ[.]?ศ[.]?|ค[.]?ศ[.]?)? *[0-9]{4}')
    or regexp_full_match(western(t), '(วันที่ *)?[0-9]{1,2}[ -]*[ก-ฮ][^0-9 -]+[ -]*(พ[.]?ศ[.]?)? *[0-9]{2}') then
    date_of(whole_year(date_part_in(t, '([0-9]+)$')), thai_month(regexp_extract(western(t), '[0-9][ -]*([^0-9 -]+)', 1)),
            date_part_in(t, '([0-9]+)'))
  when regexp_full_match(t, '[2-5][0-9]{4}([.]0+)?') then date '1899-12-30' + try_cast(left(t, 5) as int) end;

-- A province, district or subdistrict by its code.
create macro to_area(t) as case when regexp_full_match(plain_digits(t), '[0-9]{2}([0-9]{2}){0,2}') then plain_digits(t) end;

-- หมู่ที่ 6, ม.6, ๖ and 06 are 6.
create macro to_moo(t) as case
  when len(t) < 3 and regexp_full_match(t, '[0-9]+') then try_cast(t as usmallint)
  when regexp_full_match(plain_digits(t), '((หมู่บ้าน|หมู่|ม[.]|[Mm]oo)? *(ที่)?)? *[0-9]{1,2}( +บ้าน.*)?')
    then try_cast(regexp_extract(plain_digits(t), '[0-9]{1,2}') as usmallint) end;

-- 27/1 that a spreadsheet took for a date: 2022-01-27, 27-ม.ค. or 27-Jan; ม.ค.-27 was 1/27. On the first of a month it is not
-- told whether 1/12 or 12/20 was typed, so nothing is.
create macro to_house_no(t) as case
  when regexp_full_match(t, '[0-9]+(/[0-9]+)?') then t
  when regexp_full_match(t, '[0-9]{4}-[0-9]{2}-[0-9]{2}') then
    case when t[9:10] <> '01' then concat(try_cast(t[9:10] as int), '/', try_cast(t[6:7] as int))
         when try_cast(t[1:4] as int) > 2100 then concat(try_cast(t[6:7] as int), '/', t[1:4]) end
  when regexp_full_match(western(t), '[0-9]{1,2}-([ก-ฮ][^0-9 /-]+|[A-Za-z]{3})')
    then coalesce(try_cast(split_part(western(t), '-', 1) as int) || '/' || thai_month(split_part(western(t), '-', 2)), trim(t))
  when regexp_full_match(western(t), '([ก-ฮ][^0-9 /-]+|[A-Za-z]{3})-[0-9]{1,4}')
    then coalesce(thai_month(split_part(western(t), '-', 1)) || '/' || split_part(western(t), '-', 2), trim(t))
  when regexp_full_match(western(t), '[0-9]+[.]0+') then plain_digits(t)
  when not is_blank(t) then trim(t) end;

-- A telephone number that a spreadsheet took for a number has lost its nought: nine digits of a mobile, eight of a land line.
create macro to_phone(t) as case
  when t[1] = '0' then trim(t)
  when regexp_full_match(plain_digits(t), '[689][0-9]{8}|[2-7][0-9]{7}') then concat('0', plain_digits(t))
  when not is_blank(t) then trim(t) end;

-- นายสมชาย ใจดี in its parts.
create macro title_pattern() as
  '^(นางสาว|น[.]?ส[.]|นาง|นาย|เด็กชาย|เด็กหญิง|ด[.]ช[.]|ด[.]ญ[.]|ว่าที่ ?ร[.]ต[.]|พระ|สามเณร|Mrs?[.]? |Miss |Ms[.]? )';
create macro title_of(t) as nullif(trim(regexp_extract(trim(t), title_pattern(), 1)), '');
create macro untitled(t) as trim(regexp_replace(trim(t), title_pattern(), ''));
create macro first_name_of(t) as nullif(regexp_extract(untitled(t), '^[^ ]+'), '');
create macro last_name_of(t) as nullif(trim(regexp_replace(untitled(t), '^[^ ]+', '')), '');

-- 13 digits of which the last is (11 − Σ weight × digit mod 11) mod 10, weights 13 … 2. The jth digit is what the first j say
-- less ten times what the first j − 1 say, so the sum is one of 12 leading numbers: a third of the time that cutting digits
-- takes. It is asked before the spelling is: over whole columns it is cheaper than over chosen rows.
create macro first_digits(n, others) as floor(n / others);
create macro check_digit(n) as (11 - cast(
  -107 * first_digits(n, 1e12) - 98 * first_digits(n, 1e11) - 89 * first_digits(n, 1e10) - 80 * first_digits(n, 1e9)
    - 71 * first_digits(n, 1e8)
  - 62 * first_digits(n, 1e7) - 53 * first_digits(n, 1e6) - 44 * first_digits(n, 1e5) - 35 * first_digits(n, 1e4)
    - 26 * first_digits(n, 1e3)
  - 17 * first_digits(n, 1e2) + 2 * first_digits(n, 1e1) as bigint) % 11) % 10;
create macro ends_in_its_check_digit(n) as check_digit(n) = cast(n - 10 * first_digits(n, 1e1) as bigint);
create macro thirteen_digits(t) as cast(try_cast(if(len(t) = 13, t, null) as bigint) as double);
create macro unseparated(t) as replace(replace(plain_digits(t), '-', ''), ' ', '');
create macro to_citizen_id(t) as case
  when ends_in_its_check_digit(thirteen_digits(t)) and regexp_full_match(t, '[0-9]+') then t
  when regexp_full_match(unseparated(t), '[0-9]{13}') and unseparated(t) <> t
       and ends_in_its_check_digit(thirteen_digits(unseparated(t))) then unseparated(t) end;

-- How names of places and people are compared: without spaces and zero-width marks, Thai letters as they should have been
-- typed.
create macro spelled(t) as
  replace(replace(regexp_replace(
    replace(regexp_replace(nfc_normalize(t), '[\s\x{a0}\x{ad}\x{200b}-\x{200f}\x{feff}.]', '', 'g'), 'เเ', 'แ'),
                  'ํ([่-๋]?)า', '\1ำ'), 'ฯ', ''), 'มหานคร', '');

-- HMAC-SHA-256 under the installation's secret, whose two padded halves the build has set as variables; 16 hex digits of it.
create macro keyed_address(message) as
  left(sha256(getvariable('outer_pad') || unhex(sha256(getvariable('inner_pad') || encode(message)))), 16);

-- By what a correction names the row that it corrects: checksum:sheet:row, and the key's word that whoever has it was given
-- that row.
create macro reference_to(checksum, ordinal, paper_row) as
  concat_ws(':', left(checksum, 12), ordinal, paper_row,
    keyed_address(concat_ws(':', 'correction', checksum, ordinal, paper_row)));

-- Whether a correction's reference is to a row of this sheet. Nobody can make one up for a row that was given to others.
create macro refers_to(reference, checksum, ordinal) as
  left(checksum, 12) = split_part(reference, ':', 1)
  and reference = reference_to(checksum, ordinal, split_part(reference, ':', 3));
