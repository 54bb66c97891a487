-- The road of a register from listed to closed: one row, households at each stage; ask it without a certification filter.
-- Tells: counts
-- Computes: listed, tpmap, outside, both, verified, unverified, proposed, refused, certified, planned, helped, closed
select number_of(households, true) as listed, number_of(households, source = 'tpmap') as tpmap,
       number_of(households, source = 'outside') as outside, number_of(households, source = 'both') as both,
       number_of(verified, true) as verified, number_of(unverified, true) as unverified,
       number_of(households, certification is not null) as proposed,
       number_of(households, certification = 'refused') as refused,
       number_of(households, certification = 'certified') as certified,
       number_of(households, certification = 'certified' and plan <> 'none') as planned,
       number_of(households, certification = 'certified' and helped) as helped,
       number_of(households, certification = 'certified' and "case" = 'closed') as closed
from chosen_tallies($filters, $reader)
