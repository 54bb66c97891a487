-- Official outlines: faults of each feature, then `outline`, one row per subdistrict: of two files the later one holds.
-- Reads: fault, official, official_kept, place, sheet
-- Writes: official_kept, outline
-- Appends: fault

insert into fault
select 'tambon_shape', row_id, sheet_no, 'code', 'unknown_tambon', 'error', said, ''
from official where code is null or code not in (select code from place where level = 'tambon');

insert into fault
select 'tambon_shape', row_id, sheet_no, 'code', 'no_outline', 'error', said, '' from official where state = 'empty'
union all
select 'tambon_shape', row_id, sheet_no, 'code', 'far_outline', 'error', said, '' from official where state = 'far';

insert into fault
select 'tambon_shape', row_id, sheet_no, 'code', 'repaired_outline', 'notice', said, ''
from official where state = 'repaired';

-- Of one code twice in a file the first that is good is kept.
insert into fault
select 'tambon_shape', row_id, sheet_no, 'code', 'repeated_key', 'error', code, ''
from official where row_id not in (select row_id from fault where register = 'tambon_shape' and severity = 'error')
qualify row_number() over (partition by sheet_no, code order by row_id) > 1;

create view official_kept as
from official where row_id not in (select row_id from fault where register = 'tambon_shape' and severity = 'error');

insert into fault
select 'tambon_shape', o.row_id, o.sheet_no, 'code', 'replaced_outline', 'notice', o.said, later.file
from official_kept o
join (select code, max(sheet_no) as last from official_kept group by code) of_code on of_code.code = o.code
  and of_code.last > o.sheet_no
join sheet later on later.sheet_no = of_code.last;

-- What a file that speaks of a district says nothing of: one notice per file, its codes shortened to a few.
insert into fault
select 'tambon_shape', null, covered.sheet_no, '', 'missing_tambons', 'notice',
       concat(count(*), ' (', list_aggregate(list_slice(list(p.code order by p.code), 1, 10), 'string_agg', ', '),
         if(count(*) > 10, ' …', ''), ')'), ''
from (select distinct sheet_no, code[1:4] as district from official_kept) covered
join place p on p.level = 'tambon' and p.parent = covered.district
anti join official_kept o on o.sheet_no = covered.sheet_no and o.code = p.code
group by covered.sheet_no;

create table outline as
select o.code, s.file as source, o.lon, o.lat, o.geometry
from official_kept o join sheet s using (sheet_no)
qualify row_number() over (partition by o.code order by o.sheet_no desc) = 1;
