-- The road from listed to closed: one row.
with {chosen}
select coalesce(sum(households), 0) as listed, coalesce(sum(iif(source = 'tpmap', households, 0)), 0) as tpmap,
       coalesce(sum(iif(source = 'outside', households, 0)), 0) as outside,
       coalesce(sum(iif(source = 'both', households, 0)), 0) as both,
       coalesce(sum(verified), 0) as verified,
       coalesce(sum(iif(certification = 'certified', households, 0)), 0) as certified,
       coalesce(sum(iif(certification = 'certified' and plan not in ('none', 'not_kept'), households, 0)), 0) as planned,
       coalesce(sum(iif(certification = 'certified' and helped, households, 0)), 0) as helped,
       coalesce(sum(iif(certification = 'certified' and "case" = 'closed', households, 0)), 0) as closed
from chosen
