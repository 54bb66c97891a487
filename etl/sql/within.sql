-- Whether a place lies in the areas that are asked for: all of them do where none are named.
create temp macro within(code) as getvariable('areas') is null
  or len(list_filter(getvariable('areas'), lambda area: starts_with(code, area))) > 0;
