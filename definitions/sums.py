"""SQL over every dimension and aspect on file, for the build and for what is recorded after it: in how many a household lacks, how far
each aspect of its plan is."""

from definitions import table


def deprived() -> str:
    """In how many dimensions a tagged household is deprived, a sum of casts; null where it has data in none."""
    dimensions = [row["dimension"] for row in table("dimensions")]
    known = " or ".join(f"{d} <> 'no_data'" for d in dimensions)
    return f"if({known}, " + " + ".join(f"cast({d} = 'deprived' as int)" for d in dimensions) + ", null)"


def aspect_states() -> str:
    """`plan_<aspect>` of the items of one household, by the macro `work_state`."""
    return ", ".join(
        f"work_state(count(*) filter (aspect = '{a}'), count(*) filter (aspect = '{a}' and status <> 'planned'),"
        f" count(*) filter (aspect = '{a}' and status = 'done')) as plan_{a}"
        for a in (row["aspect"] for row in table("aspects"))
    )
