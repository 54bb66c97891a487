-- What a name sounds like when two officers write it: marks that nobody hears or sees and silent letters go, spellings that
-- are read alike are one. Said once: for the loader, which looks for people listed twice, and for a search by a name.
create macro without_marks(t) as regexp_replace(t, '\p{Cf}|[็-๋๎ฺ''"-]', '', 'g');
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
create macro sound_of(t) as once(in_latin(with_plain_end(without_silent_end(
  with_plain_consonants(with_plain_vowels(without_silent(without_marks(t))))))));
