-- One spelling of whatever is compared: ids, house numbers, places, words of lists, names. Its twin in Python, for headings, is
-- etl/spelling.py; tests/etl/test_spelling.py holds the two equal.
-- What was typed plainly is told by one pattern (150 ns a cell) and is its own spelling; only the others pay for the rest. The
-- patterns are variables: spelled out in every use, they were half the time of planning a sheet.

-- Anything but printable ASCII and Thai; spaces at the ends or two together; what a spreadsheet dresses a text in; Thai signs
-- in an order or number in which they look like others: a tone before its vowel or behind า and ำ, one mark twice, ๅ, ํา, เเ.
set variable disordered = 'เเ|ๅ|[ฤฦ]า|ํ[่-๋]*า|[าำ][่-๋]|[่-์][ัิ-ฺ]|ัั|ิิ|ีี|ึึ|ืื|ุุ|ูู|ฺฺ|็็|่่|้้|๊๊|๋๋|์์|ํํ|๎๎';
set variable odd = '[^ -~ก-๛]|  |^[ =''"]| $|' || getvariable('disordered');

-- Signs without a width: soft hyphens, joiners, marks of direction and of variants, controls. And every kind of space.
set variable unseen = '[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\x{ad}\x{34f}\x{61c}\x{180e}\x{200b}-\x{200f}\x{202a}-\x{202e}'
  || '\x{2060}-\x{206f}\x{fe00}-\x{fe0f}\x{feff}]';
set variable spaces = '[\x09-\x0d \x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+';

-- Signs of double width, and the shifted Thai marks (U+F700 to U+F71A) of old fonts and of text copied from a PDF.
set variable of_other_width =
  '！＂＃＄％＆＇（）＊＋，－．／０１２３４５６７８９：；＜＝＞？＠ＡＢＣＤＥＦＧＨＩＪＫＬＭＮＯＰＱＲＳＴＵＶＷＸＹＺ［＼］＾＿｀'
  || 'ａｂｃｄｅｆｇｈｉｊｋｌｍｎｏｐｑｒｓｔｕｖｗｘｙｚ｛｜｝～'
  || chr(63232) || chr(63233) || chr(63234) || chr(63235) || chr(63236) || chr(63237) || chr(63238) || chr(63239) || chr(63240)
  || chr(63241) || chr(63242) || chr(63243) || chr(63244) || chr(63245) || chr(63246) || chr(63247) || chr(63248) || chr(63249)
  || chr(63250) || chr(63251) || chr(63252) || chr(63253) || chr(63254) || chr(63255) || chr(63256) || chr(63257) || chr(63258);
set variable of_one_width =
  '!"#$%&''()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\]^_`'
  || 'abcdefghijklmnopqrstuvwxyz{|}~'
  || 'ฐิีึื่้๊๋์่้๊๋์ญัํ็่้๊๋์ฺุู';

create macro undressed(t) as
  trim(regexp_replace(regexp_replace(t, '^=?"([^"]*)"$', '\1'), '^''+', ''));

create macro undoubled(t) as
  regexp_replace(regexp_replace(t, '(ั)ั+|(ิ)ิ+|(ี)ี+|(ึ)ึ+|(ื)ื+|(ุ)ุ+|(ู)ู+|(ฺ)ฺ+', '\1\2\3\4\5\6\7\8', 'g'),
                 '(็)็+|(่)่+|(้)้+|(๊)๊+|(๋)๋+|(์)์+|(ํ)ํ+|(๎)๎+', '\1\2\3\4\5\6\7\8', 'g');

create macro of_plain_width(t) as
  case when regexp_matches(t, '[！-～\x{f700}-\x{f71a}]') then
    translate(t, getvariable('of_other_width'), getvariable('of_one_width')) else t end;

-- ๅ is a letter behind ฤ and ฦ only; marks stand in the order consonant, vowel, tone.
create macro in_thai_order(t) as case when not regexp_matches(t, getvariable('disordered')) then t else
  undoubled(regexp_replace(regexp_replace(regexp_replace(undoubled(
    replace(replace(replace(replace(t, 'เเ', 'แ'), 'ๅ', 'า'), 'ฤา', 'ฤๅ'), 'ฦา', 'ฦๅ')),
    '([่-์]+)([ัิ-ฺ]+)', '\2\1', 'g'), 'ํ([่-๋]*)า', '\1ำ', 'g'), '([าำ])([่-๋]+)', '\2\1', 'g')) end;

-- A text as it should have been typed. Cells that need it cost 1.5 to 3 µs.
create macro spaced(t) as
  trim(regexp_replace(regexp_replace(t, getvariable('unseen'), '', 'g'), getvariable('spaces'), ' ', 'g'));
create macro tidied(t) as case when not regexp_matches(t, getvariable('odd')) then t else
  list_transform([undressed(spaced(nfc_normalize(of_plain_width(t))))], lambda u: in_thai_order(u))[1] end;

create macro western(t) as translate(trim(t), '๐๑๒๓๔๕๖๗๘๙', '0123456789');

-- Whether a cell has to be tidied.
create macro is_odd(t) as regexp_matches(t, getvariable('odd'));

-- How words are compared: tidied, without spaces and case, Thai digits as Western.
create macro as_word(u) as lower(replace(western(u), ' ', ''));
create macro alike(t) as as_word(tidied(t));

-- How names of places and people are compared: also without points, ฯ and the rank of Bangkok.
create macro spelled(t) as replace(replace(replace(alike(t), '.', ''), 'ฯ', ''), 'มหานคร', '');
