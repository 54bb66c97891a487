-- Text cells to typed values. Each macro gives null for what it cannot read; the caller lists that as a fault.
-- The plain spelling is tried first: only the cells that need it pay for Thai digits, commas and Buddhist years. Branches of
-- a case, never of a coalesce: the engine computes what two branches of a coalesce share for every row (450 against 100 ns). A
-- lambda gives a name to what would otherwise be spelled out in each branch. Cells in which signs are hidden or out of order
-- come here tidied (etl/typing/spelling.sql).

-- A row id tells the sheet (in its upper bits) and the place of the record in it, from 0 in the order of the file.
create macro row_bits() as 40;
create macro row_id(sheet_no, place) as (sheet_no::bigint << row_bits()) | place;
create macro sheet_of(row_id) as row_id >> row_bits();
create macro place_of(row_id) as row_id & ((1::bigint << row_bits()) - 1);

-- An empty cell, and the dash that registers write where a question does not apply.
create macro is_dash(t) as trim(t) in ('', '-', '–', '—');
create macro is_blank(t) as t is null or is_dash(t);

-- The same, and the words of our own reports for a dimension of which nothing is known.
create macro is_no_data(t) as is_blank(t) or lower(trim(t)) in ('ไม่มีข้อมูล', 'no data', 'no_data');

-- What stands for "none" where a number, a date or a code is asked for.
create macro no_value(t) as is_blank(t)
  or lower(trim(t)) in ('ไม่มี', 'ไม่มีข้อมูล', 'ไม่ระบุ', 'ไม่ทราบ', 'ว่าง', 'n/a', 'na', '#n/a');

-- Almost every text begins with a letter or a digit, and spaces at its end are gone when it is tidied: trimming it all the same
-- costs ten times as much.
create macro to_text(t) as
  case when t between '0' and '~' or t between 'ก' and '๛' then t when not is_blank(t) then trim(t) end;

-- Ticks and crosses of Wingdings 2 and Marlett, once their font is lost.
create macro is_symbol_tick(t) as contains('PROQTSar', t);

-- Digits that a spreadsheet wrote as 3.42E+12 are gone.
create macro is_scientific(t) as regexp_full_match(trim(t),
  '[0-9]+([.,][0-9]+)?[eE][+][0-9]{1,3}|[0-9][.,][0-9]+[eE][0-9]{1,2}');

-- A spreadsheet leaves a code as 342106.0 or 342,106; digits lost to scientific notation stay lost.
create macro with_thousands(u) as regexp_full_match(u, '[0-9]{1,3}(,[0-9]{3})+([.]0+)?');
create macro bare_digits(u) as
  regexp_replace(case when with_thousands(western(u)) then replace(western(u), ',', '') else western(u) end, '[.]0+$', '');
create macro plain_digits(t) as bare_digits(t);

-- An id as it is compared: its digits, else a dash of any length as one and no space around dashes and strokes; without case
-- where it is a code, which has digits (ABC-1).
create macro one_dash(u) as regexp_replace(translate(u, '‐‑‒–—−⁄∕', '------//'), ' *([-/]) *', '\1', 'g');
create macro key_of(u) as case
  when regexp_full_match(bare_digits(u), '[0-9]+') then bare_digits(u)
  when not is_dash(u) and not is_scientific(u) then list_transform([one_dash(western(u))],
    lambda k: case when regexp_matches(k, '[0-9]') then upper(k) else k end)[1] end;
create macro to_key(t) as case
  when regexp_full_match(t, '[0-9]+|[0-9a-f]{21,}') then t
  when t is not null then list_transform([trim(t)], lambda u: key_of(u))[1] end;

-- Two digits and more short of a code of eleven are noughts that a spreadsheet took: one digit is a slip of the hand.
create macro coded(d, wanted) as case
  when not regexp_full_match(d, '[0-9]+') then null when len(d) = wanted then d
  when wanted = 11 and len(d) between 5 and 9 then lpad(d, 11, '0') end;
create macro unseparated(u) as replace(replace(bare_digits(u), '-', ''), ' ', '');
create macro to_digits(t, length_wanted) as case
  when len(t) = length_wanted and regexp_full_match(t, '[0-9]+') then t
  when t is not null then list_transform([unseparated(one_dash(t))], lambda d: coded(d, length_wanted))[1] end;

-- "1e5", "NAN" and "1_0" are numbers to a computer, not to a register.
create macro number_in(u) as case
  when regexp_full_match(u, '-?[0-9]{1,3}(,[0-9]{3})+([.][0-9]+)?|-?[0-9]+([.][0-9]+)?')
    then try_cast(replace(u, ',', '') as double)
  when regexp_full_match(u, '(฿ *)?-?([0-9]{1,3}(,[0-9]{3})+|[0-9]+)([.][0-9]+)? *(บาทถ้วน|บาท|[.]-|฿|คน|ปี)?')
    then try_cast(replace(regexp_extract(u, '-?[0-9][0-9,]*([.][0-9]+)?'), ',', '') as double) end;
create macro to_number(t) as case
  when regexp_full_match(t, '-?[0-9]+([.][0-9]+)?') then try_cast(t as double)
  when t is not null then list_transform([western(t)], lambda u: number_in(u))[1] end;

-- Baht as money is kept, in satang: 37,999.99999999999 is what twelve months of floats sum to, and 38,000.00 what people see.
create macro to_baht(t) as case
  when regexp_full_match(t, '[0-9]+') then try_cast(t as double)
  when regexp_full_match(t, '[0-9]+[.][0-9]+') then round(try_cast(t as double), 2)
  when t in ('ไม่มีรายได้', 'ไม่มีเงินได้') then 0
  else round(to_number(t), 2) end;

-- A word that may mean nought or no data. A cell of an accounting format, when it is tidied: its dash stands among spaces, and
-- is a nought; between one space each it may be one, and is asked like the word.
create macro is_none(t) as t = 'ไม่มี';
create macro tidied_baht(t) as case
  when regexp_full_match(t, ' +(฿ *)?- {2,}| *฿ *- *') then '0' when t = ' - ' then 'ไม่มี' else tidied(t) end;

-- Degrees of a point: 15.7475, 15,7475, 15°44'51"N, 15° 44.85', 15 44 51; metres of UTM pass as the numbers that they are.
create macro degree_pattern() as
  '^[ne]? *([0-9]{1,3}) *[°ºd ] *([0-9]{1,2}([.][0-9]+)?) *' ||
  '([''′’m ] *(([0-9]{1,2}([.][0-9]+)?) *("|″|”|s|''''|′′)?)?)? *[ne]?$';
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
  when t is not null then list_transform([to_number(t)],
    lambda n: case when n between 0 and 65535 and n = floor(n) then try_cast(n as usmallint) end)[1] end;

-- Buddhist-era year, e.g. 2565; a year of the common era in the same span can be nothing else than that.
create macro year_between(y, first, last) as
  case when y between first and last then y when y + 543 between first and last then y + 543 end;
create macro to_year(t, first, last) as case
  when len(t) = 4 and regexp_full_match(t, '[0-9]+') then year_between(try_cast(t as int), first, last)
  when t is not null then list_transform([plain_digits(t)], lambda u: case
    when regexp_full_match(u, '((ปี|พ[.]?ศ[.]?|ค[.]?ศ[.]?) *)*[0-9]{4}')
      then year_between(try_cast(right(u, 4) as int), first, last) end)[1] end;

-- A province, district or subdistrict by its code.
create macro to_area(t) as case when regexp_full_match(plain_digits(t), '[0-9]{2}([0-9]{2}){0,2}') then plain_digits(t) end;

-- หมู่ที่ 6, ม.6, ๖ and 06 are 6.
create macro to_moo(t) as case
  when len(t) < 3 and regexp_full_match(t, '[0-9]+') then try_cast(t as usmallint)
  when regexp_full_match(plain_digits(t), '((หมู่บ้าน|หมู่|ม[.]|[Mm]oo)? *(ที่)?)? *[0-9]{1,2}( +บ้าน.*)?')
    then try_cast(regexp_extract(plain_digits(t), '[0-9]{1,2}') as usmallint) end;

-- A telephone number that a spreadsheet took for a number has lost its nought: nine digits of a mobile, eight of a land line.
create macro phone_in(u) as case
  when regexp_full_match(bare_digits(u), '[689][0-9]{8}|[2-7][0-9]{7}') then concat('0', bare_digits(u))
  when not is_dash(u) then u end;
create macro to_phone(t) as case
  when regexp_full_match(t, '0[0-9 -]*[0-9]') then t
  when t is not null then list_transform([western(t)], lambda u: phone_in(u))[1] end;

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
create macro to_citizen_id(t) as case
  when ends_in_its_check_digit(thirteen_digits(t)) and regexp_full_match(t, '[0-9]+') then t
  when t is not null then list_transform([unseparated(one_dash(t))], lambda u: case
    when u <> t and regexp_full_match(u, '[0-9]{13}') and ends_in_its_check_digit(thirteen_digits(u)) then u end)[1] end;

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
