-- What a household lacks, declared once for all dimensions. Portable on purpose: comparison, case and coalesce only, so the
-- same rule runs on another engine. Answers are 1 pass, 0 fail, null not applicable or not answered.

-- One indicator. A measured value decides over the register's own answer: 21,000 against 38,000 baht is a fail.
create macro indicator_result(answer, measured, threshold) as
  case when measured is null then answer when measured < threshold then 0 else 1 end;

-- One dimension is as bad as its worst indicator (TPMAP's union rule, confirmed on the 2561 file: 76 provinces × 5).
-- A dated field check overrides everything; the register's own flag speaks only where no indicator was answered;
-- with none of the three there is no data, which is never "not deprived".
create macro dimension_state(worst, flag, checked) as
  case coalesce(checked, worst, flag) when 0 then 'deprived' when 1 then 'not_deprived' else 'no_data' end;

create macro dimension_basis(worst, flag, checked) as
  case when checked is not null then 'check' when worst is not null then 'indicator' when flag is not null then 'flag' end;

-- Target poor people: members with a validated welfare card, in a household deprived in one dimension or more.
-- Registered for the card is not validated. Null when no member of the household is listed.
create macro target_people(deprived_dimensions, validated_cards) as
  case when validated_cards is null then null when deprived_dimensions > 0 then validated_cards else 0 end;
