-- นายสมชาย ใจดี in its parts: titles of definitions/titles.csv, one after another, and whatever ends in a full stop behind one
-- to three consonants, which no name does (ส.อ., จ.ส.ต., พล.ต.). What is left must begin as a name: คุณ is a title in คุณสมชาย,
-- not in คุณากร. {parted} are those that are parted from a name in one cell, {titles} all that are no part of a name.
create macro any_title(words) as concat('(?:(?:', words, '|[ก-ฮ]{1,3}[.])(?:หญิง)? *)+');
create macro titled_as(words) as concat('^(', any_title(words), ')([เ-ไ]?[ก-ฮ][^ ]|[A-Za-z]| *$)');
create macro parted_titles() as '{parted}';
create macro all_titles() as '{titles}';
create macro title_of(t) as nullif(trim(regexp_extract(trim(t), titled_as(parted_titles()), 1)), '');
create macro untitled(t) as trim(regexp_replace(trim(t), titled_as(parted_titles()), '\2'));

-- A nickname stands in brackets or quotes or behind a slash.
create macro without_nickname(t) as regexp_replace(t, '[(\[{"“][^)\]}"”]*(?:[)\]}"”]|$)|/.*$', ' ', 'g');
create macro bare_name(t) as trim(regexp_replace(
  concat(trim(without_nickname(t)), ' '), titled_as(all_titles()), '\2'));
create macro first_name_of(t) as nullif(regexp_extract(untitled(t), '^[^ ]+'), '');
create macro last_name_of(t) as nullif(trim(regexp_replace(untitled(t), '^[^ ]+', '')), '');
