-- The road of a register from listed to closed: one row, households at each stage; ask it without a certification filter.
-- Tells: counts
-- Computes: listed, tpmap, outside, both, unstated, verified, unverified, proposed, refused, certified, planned, helped, closed
-- Computes: verification_known, certification_known, plan_known, help_known
-- *_known are the households (of plan and help: the certified ones) of districts that keep it.
select number_of(households, true) as listed, number_of(households, source = 'tpmap') as tpmap,
       number_of(households, source = 'outside') as outside, number_of(households, source = 'both') as both,
       number_of(households, source = 'unstated') as unstated,
       number_of(verified, true) as verified, number_of(unverified, verification_kept) as unverified,
       number_of(households, verification_kept) as verification_known,
       number_of(households, certification_kept) as certification_known,
       number_of(households, certification is not null) as proposed,
       number_of(households, certification = 'refused') as refused,
       number_of(households, certification = 'certified') as certified,
       number_of(households, certification = 'certified' and has_plan(plan)) as planned,
       number_of(households, certification = 'certified' and plan <> 'not_kept') as plan_known,
       number_of(households, certification = 'certified' and helped) as helped,
       number_of(households, certification = 'certified' and helped is not null) as help_known,
       number_of(households, certification = 'certified' and "case" = 'closed') as closed
from chosen_tallies($filters, $reader)
