-- Whether a place lies in the areas that are asked for: all of them do where none are named. The engine puts `code` in as it is
-- written, so nothing that is asked may have the name of what runs through the areas here.
create or replace temp macro within(code) as getvariable('areas') is null
  or len(list_filter(getvariable('areas'), lambda _within: starts_with(code, _within))) > 0;

