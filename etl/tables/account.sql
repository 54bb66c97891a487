-- The books of a build: places, problems in words, rows in = kept + refused of each sheet, the account of each column,
-- corrections, the build itself.
-- Reads: column_account, corrected_row, file_area, heading, household_10_kept, out.definition.faults,
-- Reads: out.definition.unreadable, place, record_area, reported_fault, sheet, village_10_kept
-- Writes: out.build, out.column_account, out.corrected, out.load, out.place, out.problem
create macro filled(template, found, expected) as replace(replace(template, '{found}', found), '{expected}', expected);

-- Places by code, one row each: the nation's from DOPA's list, villages from the village registers and from households.
create table out.place as
select * from place
union all
select 'village', village_code, without_ids(village_name), without_ids(coalesce(village_name_en, village_name)),
       village_code[1:6] from village_10_kept
union all
select 'village', village_code, coalesce(without_ids(min(village_name)), concat('หมู่ ', cast(village_code[7:8] as int))),
       concat('Moo ', cast(village_code[7:8] as int)), village_code[1:6]
from household_10_kept where village_code not in (select village_code from village_10_kept) group by village_code;

-- One row per fault, by its place in the officer's file: row is the row of the spreadsheet, null for a whole sheet. Its area is
-- that of its record's household, else that of its file.
-- The message says where, what was found, what was expected and what to do, in both languages. Why a file cannot be read at
-- all is a reason with words of its own.
create table out.problem as
with placed as (
  select s.sheet_no, s.file, s.sheet, s.register, coalesce(r.area, a.area) as area, place_of(f.row_id) + s.first as "row",
         coalesce(h.heading, '') as "column", f.fault, f.severity, coalesce(f.found, '') as found,
           coalesce(f.expected, '') as expected
  from reported_fault f join sheet s using (sheet_no) join file_area a using (file) left join record_area r using (row_id)
  left join heading h on h.sheet_no = f.sheet_no and h.column_name = f.column_name),
worded as (
  select p.* exclude (found), coalesce(replace(u.says_th, '{detail}', expected), p.found) as found,
         coalesce(replace(u.says_en, '{detail}', expected), p.found) as found_en,
         t.says_th, expected_th, coalesce(u.todo_th, t.todo_th) as todo_th, t.says_en, expected_en,
           coalesce(u.todo_en, t.todo_en) as todo_en
  from placed p join out.definition.faults t on t.fault = p.fault
  left join out.definition.unreadable u on p.fault in ('unreadable_file', 'unreadable_outlines', 'own_export')
    and u.reason = p.found)
select w.* exclude (sheet_no, says_th, expected_th, todo_th, says_en, expected_en, todo_en),
       concat(file, if(sheet = '', '', concat(' แผ่น "', sheet, '"')), if("row" is null, '', concat(' แถว ', "row")),
              if("column" = '', '', concat(' คอลัมน์ "', "column", '"')), ': ',
              filled(says_th, found, expected), ' ', filled(expected_th, found, expected), ' — ',
              filled(todo_th, found, expected)) as message_th,
       concat(file, if(sheet = '', '', concat(' sheet "', sheet, '"')), if("row" is null, '', concat(' row ', "row")),
              if("column" = '', '', concat(' column "', "column", '"')), ': ',
              filled(says_en, found_en, expected), '. Expected: ', filled(expected_en, found_en, expected), '. ',
              filled(todo_en, found_en, expected), '.') as message_en
from worded w order by sheet_no, "row" nulls first, "column";

-- One row per sheet of each file: rows in = kept + refused; blank rows are no rows.
create table out.load as
with record as ({records}),
     refused as (select sheet_no, count(distinct row_id) as refused from reported_fault
       where severity = 'error' and row_id is not null group by all)
select s.file, s.sheet, s.register, s.checksum, a.area, r.register_years,
       if(s.register is null, s.records, coalesce(r.rows_in, 0)) as rows_in,
       case when s.register is null then 0 else coalesce(r.rows_in, 0) - coalesce(refused.refused, 0) end as rows_kept,
       case when s.register is null then s.records else coalesce(refused.refused, 0) end as rows_refused
from sheet s join file_area a using (file) left join record r using (sheet_no) left join refused using (sheet_no)
order by s.sheet_no;

-- One row per column of each sheet of the files: its heading, what it was read as and how sure that was, and its filled cells:
-- understood + refused + blank by rule ("-", "ไม่มี"). Of a column that is not read nothing is told but how many are filled.
create table out.column_account as
select s.file, s.sheet, s.ordinal as sheet_no, l.area, s.register, c.place, c.heading, c.column_name as "column",
       c.means_th, c.means_en, c.degree, c.candidates, c.filled, c.understood, c.refused,
       if(c.column_name is null or s.register is null, 0, c.filled - c.understood - c.refused) as blank
from column_account c join sheet s using (sheet_no) join file_area l using (file) order by s.sheet_no, c.place;

-- One row per row on paper that a correction took the place of.
create table out.corrected as
select distinct s.file, s.sheet, c."row" from corrected_row c join sheet s using (sheet_no);

-- One row: this build. made_at is when it was made (UTC); the date of the data is the households' as_of. `program` tells two
-- versions of the loader apart.
create table out.build as
select $build as build, cast(now() at time zone 'UTC' as timestamp) as made_at, cast($sample as boolean) as sample,
       cast($program as varchar) as program;
