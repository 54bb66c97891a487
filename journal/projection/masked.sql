-- A text without the names of a household; null where none of them stands in it.
create or replace temp macro masked(text, names) as
  case when text <> without_names(text, names) then without_names(text, names) end;
