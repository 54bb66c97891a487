-- What the other headlines of some households rest on: one row per household, input and column or fact of its own row.
-- `register` is empty for what follows from what others say: the date of the data, the latest news, what its district keeps.
with h as materialized (
  select * from visible_households($reader) where home in (from homes_of($refs))),
fact as (
  select ref, unnest([
    {'input': 'place', 'said': village_code}, {'input': 'verification', 'said': verification},
    {'input': 'certification', 'said': concat_ws('|', certification, certified_date)},
    {'input': 'closed', 'said': cast(closed_date as varchar)}, {'input': 'source', 'said': source},
    {'input': 'members', 'said': cast(people as varchar)},
    {'input': 'moved', 'said': concat_ws('|', certified_date, closed_date)}], recursive := true)
  from h)
select ref, input, 'household' as register, '' as record, coalesce(said, '') as said from fact
union all
select ref, 'as_of', '', '', coalesce(cast(as_of as varchar), '') from h
union all
select ref, 'news', '', '', coalesce(cast(last_movement as varchar), '') from h
union all
select ref, 'kept', register, '', 'kept'
from h join warehouse.kept k on k.register_year = h.register_year and k.district_code = h.district_code
