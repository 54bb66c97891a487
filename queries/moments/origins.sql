-- Where the records of some households were read: one row per household and record.
select h.ref, o.register, o.record, o.file, o.sheet, o.checksum, o."row"
from warehouse.origin o join visible_households($reader) h using (home)
where home in (from homes_of($refs))
