-- The road of a register from listed to closed: one row, households at each stage; ask it without a certification filter.
-- Tells: counts
select count(*) as listed, count(*) filter (source = 'tpmap') as tpmap, count(*) filter (source = 'outside') as outside,
       count(*) filter (source = 'both') as both, count(*) filter (verification = 'confirmed') as verified,
       count(*) filter (coalesce(verification, 'unverified') = 'unverified') as unverified,
       count(*) filter (certification is not null) as proposed, count(*) filter (certification = 'refused') as refused,
       count(*) filter (certification = 'certified') as certified,
       count(*) filter (certification = 'certified' and plan <> 'none') as planned,
       count(*) filter (certification = 'certified' and helped) as helped,
       count(*) filter (certification = 'certified' and "case" = 'closed') as closed
from chosen_households($filters, $reader)
