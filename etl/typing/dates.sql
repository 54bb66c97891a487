-- Dates, and house numbers that a spreadsheet took for dates. Null for what cannot be read, as in casts.sql.

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

-- A time of day behind a date, in any form: 10:30, 10.30 น., T10:30:00.000Z, 10:30:00 AM, เวลา 10 นาฬิกา. The day counts.
create macro untimed(u) as regexp_replace(u,
  '( *,? *(เวลา|T| ) *)([0-9]{1,2}[:.][0-9]{2}([:.][0-9]{2}([.,][0-9]+)?)?|[0-9]{1,2} *(น[.]?|นาฬิกา))'
  || ' *(น[.]?|นาฬิกา|[AaPp][.]?[Mm][.]?|Z)? *([+-][0-9]{2}:?[0-9]{2})?$', '');

-- A day of the week before it, and the word for a day.
create macro undayed(u) as regexp_replace(u, '^(วัน)?(อาทิตย์|จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัส|ศุกร์|เสาร์)?(ที่)? *', '');
create macro date_text(t) as trim(undayed(untimed(western(t))));

-- A part of a date by its pattern, as a number.
create macro date_part_in(u, pattern) as try_cast(regexp_extract(u, pattern, 1) as int);

-- Two digits after a Thai month are a Buddhist year: 65 is 2565, and 80 to 99 are a birth of 2480 to 2499.
create macro whole_year(y) as case when y >= 100 then y when y >= 80 then 2400 + y else 2500 + y end;

-- The day number of a spreadsheet, also of a Buddhist year that was typed as one of the common era (243,000 is in 2565).
create macro day_numbered(n) as case
  when n between 20000 and 59999 then date '1899-12-30' + n
  when n between 180056 and 289600 then try(make_date(year(date '1899-12-30' + n) - 543, month(date '1899-12-30' + n),
    day(date '1899-12-30' + n))) end;
create macro is_day_number(u) as regexp_full_match(u, '[0-9]{5,6}([.][0-9]+)?');

-- 15/03/2565, 2565-03-15, 2022-03-15, 15 มี.ค. 2565, 15-มี.ค.-65, a spreadsheet's day number.
create macro date_in(u) as case
  when regexp_full_match(u, '[0-9]{1,2} *[/.-] *[0-9]{1,2} *[/.-] *(พ[.]?ศ[.]?|ค[.]?ศ[.]?)? *[0-9]{4}') then
    date_of(date_part_in(u, '([0-9]{4})$'), date_part_in(u, '^[0-9]+ *[/.-] *([0-9]+)'), date_part_in(u, '^([0-9]+)'))
  when regexp_full_match(u, '[0-9]{4} *[/.-] *[0-9]{1,2} *[/.-] *[0-9]{1,2}') then
    date_of(date_part_in(u, '^([0-9]+)'), date_part_in(u, '[/.-] *([0-9]+) *[/.-]'), date_part_in(u, '([0-9]+)$'))
  when regexp_full_match(u, '[0-9]{1,2}[ /-]*[^0-9 /-]+[ /-]*(พ[.]?ศ[.]?|ค[.]?ศ[.]?)? *[0-9]{4}')
    or regexp_full_match(u, '[0-9]{1,2}[ /-]*[ก-ฮเ-ไ][^0-9 /-]+[ /-]*(พ[.]?ศ[.]?)? *[0-9]{2}') then
    date_of(whole_year(date_part_in(u, '([0-9]+)$')), thai_month(regexp_extract(u, '[0-9][ /-]*([^0-9 /-]+)', 1)),
            date_part_in(u, '([0-9]+)'))
  when is_day_number(u) then day_numbered(try_cast(split_part(u, '.', 1) as int)) end;

-- The engine's own reading of the commonest form is four times as fast as a pattern and three numbers; it takes 2563 for no
-- leap year, so that 29/02/2563 is left to the pattern.
create macro slashed(t) as try_strptime(t, '%d/%m/%Y');
create macro to_date(t) as case
  when year(slashed(t)) between 2393 and 2693 then try(make_date(year(slashed(t)) - 543, month(slashed(t)), day(slashed(t))))
  when regexp_full_match(t, '[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}') then
    date_of(try_cast(right(t, 4) as int), try_cast(split_part(t, '/', 2) as int), try_cast(split_part(t, '/', 1) as int))
  when t is not null then list_transform([date_text(t)], lambda u: date_in(u))[1] end;

-- The same of a column in which the month stands first.
create macro turned(u) as regexp_replace(u, '^([0-9]{1,2}) *([/.-]) *([0-9]{1,2}) *[/.-] *', '\3\2\1\2');
create macro to_date_of_month(t) as
  case when t is not null then list_transform([turned(date_text(t))], lambda u: date_in(u))[1] end;
-- What a cell says of the order: it can only begin with a day, only with a month, or with either (and the two differ).
create macro order_of(u) as case
  when not regexp_full_match(u, '[0-9]{1,2} *[/.-] *[0-9]{1,2} *[/.-] *([0-9]{4}|[0-9]{2})') then null
  when date_part_in(u, '^([0-9]+)') between 13 and 31 and date_part_in(u, '[/.-] *([0-9]+)') between 1 and 12 then 'day'
  when date_part_in(u, '^([0-9]+)') between 1 and 12 and date_part_in(u, '[/.-] *([0-9]+)') between 13 and 31 then 'month'
  when date_part_in(u, '^([0-9]+)') <> date_part_in(u, '[/.-] *([0-9]+)') then 'either' end;

create macro of_buddhist_era(d) as concat(strftime(d, '%d/%m/'), year(d) + 543);

-- A date against the years that its column can mean, `before` and `after` the register year `y`. One of 1930 to 1999 that lies
-- outside is what a spreadsheet makes of a Buddhist year of two digits: 65 is 1965 to it, and 57 years later it is 2565.
create macro fits(d, y, before, after) as y is null or year(d) + 543 between y - before and y + after;
create macro fitting(d, y, before, after) as case when fits(d, y, before, after) then d end;
create macro of_two_digits(u, y, before, after) as list_filter(list_transform([1957, 2000, 1900, 1857],
    lambda era: fitting(date_of(era + date_part_in(u, '([0-9]{2})$'), date_part_in(u, '^[0-9]+ *[/.-] *([0-9]+)'),
                                date_part_in(u, '^([0-9]+)')), y, before, after)), lambda d: d is not null);
create macro only_one(dates) as case when len(dates) = 1 then dates[1] end;
create macro is_short(u) as regexp_full_match(u, '[0-9]{1,2} *[/.-] *[0-9]{1,2} *[/.-] *[0-9]{2}');
-- A bare day number four years early may be one of the Macintosh's date system, which begins in 1904: it is not told which.
create macro is_of_1904(t, d, y, before) as before <= 10 and year(d) + 543 between y - 6 and y - 3
  and year(d + 1462) + 543 between y - 1 and y + 1 and is_day_number(date_text(t));
create macro settled(d, t, u, y, before, after) as case
  when d is null then case when y is not null and not is_blank(t) then
    list_transform([u], lambda v: case when is_short(v) then only_one(of_two_digits(v, y, before, after)) end)[1] end
  when fits(d, y, before, after) then case when not is_of_1904(t, d, y, before) then d end
  when year(d) between 1930 and 1999 then fitting(try(make_date(year(d) + 57, month(d), day(d))), y, before, after) end;

-- 27/1 that a spreadsheet took for a date: 2022-01-27, 27/1/2565, the day number 44588, 27-ม.ค. or 27-Jan; ม.ค.-27 was 1/27.
-- On the first of a month it is not told whether 1/12 or 12/20 was typed, so nothing is. A house number of five digits there is
-- none in a village; day numbers of the years in which spreadsheets were used lie between 40179 (2010) and 49674 (2035).
create macro house_date(u) as case
  when regexp_full_match(u, '[0-9]{4}-[0-9]{2}-[0-9]{2}( 00:00:00)?') then try_cast(left(u, 10) as date)
  when regexp_full_match(u, '[0-9]{1,2}/[0-9]{1,2}/(19|20|25)[0-9]{2}') then list_transform([string_split(u, '/')],
    lambda p: coalesce(date_of(try_cast(p[3] as int), try_cast(p[2] as int), try_cast(p[1] as int)),
                       date_of(try_cast(p[3] as int), try_cast(p[1] as int), try_cast(p[2] as int))))[1]
  when regexp_full_match(u, '[0-9]{5}([.]0+)?') and try_cast(left(u, 5) as int) between 40179 and 49674
    then date '1899-12-30' + try_cast(left(u, 5) as int) end;
create macro of_house_date(u, d) as case
  when day(d) = 1 then case when year(d) > 2100 then concat(month(d), '/', year(d)) end
  when contains(u, '/') then regexp_replace(u, '^0?([0-9]+)/0?([0-9]+)/.*', '\1/\2')
  else concat(day(d), '/', month(d)) end;
create macro named_month(u) as coalesce(
  try_cast(regexp_extract(u, '^([0-9]+)-', 1) as int) || '/' || thai_month(split_part(u, '-', 2)),
  thai_month(split_part(u, '-', 1)) || '/' || split_part(u, '-', 2));
create macro house_no_in(u, d) as case
  when d is not null then of_house_date(u, d)
  when regexp_full_match(u, '[0-9]{1,2}-([ก-ฮเ-ไ][^0-9 /-]+|[A-Za-z]{3})|([ก-ฮเ-ไ][^0-9 /-]+|[A-Za-z]{3})-[0-9]{1,4}')
    then coalesce(named_month(u), u)
  when regexp_full_match(u, '[0-9]+[.]0+') then regexp_replace(u, '[.]0+$', '')
  when not is_dash(u) then upper(u) end;
create macro house_text(t) as regexp_replace(one_dash(western(t)), '^(บ้าน)?เลขที่ *', '');
create macro to_house_no(t) as case
  when regexp_full_match(t, '[0-9]{1,4}(/[0-9]+)?') then t
  when t is not null then list_transform([house_text(t)], lambda u:
    list_transform([house_date(u)], lambda d: house_no_in(u, d))[1])[1] end;
-- What a fault says of it: whether a spreadsheet changed it (it has a date for what was typed), and what that may have been.
create macro house_no_changed(t, value) as list_transform([house_text(t)],
  lambda u: value <> upper(u) and not regexp_full_match(u, '[0-9]+[.]0+'))[1];
create macro house_no_may_be(t) as list_transform([house_date(house_text(t))],
  lambda d: concat(day(d), '/', month(d), ' หรือ ', month(d), '/', lpad((year(d) % 100)::varchar, 2, '0')))[1];
