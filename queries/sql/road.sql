-- The road of a register from listed to closed: one row, households at each stage; ask it without a certification filter.
-- Tells: counts
-- Computes: listed, tpmap, outside, both, unstated, verified, unverified, proposed, refused, certified, planned, helped, closed
-- Computes: verification_known, certification_known, plan_known, help_known
-- *_known are the households (of plan and help: the certified ones) of districts that keep it.
select number_of(households, true) as listed, number_of(households, source = 'tpmap') as tpmap,
       number_of(households, source = 'outside') as outside, number_of(households, source = 'both') as both,
       number_of(households, source = 'unstated') as unstated,
       number_of(verified, true) as verified, number_of(unverified, true) as unverified,
       cast(coalesce(sum(verification_known), 0) as bigint) as verification_known,
       cast(coalesce(sum(certification_known), 0) as bigint) as certification_known,
       number_of(households, certification is not null) as proposed,
       number_of(households, certification = 'refused') as refused,
       number_of(households, certification = 'certified') as certified,
       number_of(households, certification = 'certified' and plan not in ('none', 'not_kept')) as planned,
       cast(coalesce(sum(plan_known), 0) as bigint) as plan_known,
       number_of(households, certification = 'certified' and helped) as helped,
       cast(coalesce(sum(help_known), 0) as bigint) as help_known,
       number_of(households, certification = 'certified' and "case" = 'closed') as closed
from chosen_tallies($filters, $reader)
