"""Validate what registers.csv declares against what this loader can do, before anything changes.

A register is rows of registers.csv and register_columns.csv; what they promise and no stage would keep is an error here.
"""

from definitions.registers import HOUSEHOLD, Misdeclared, Register, registers
from etl.headings.columns import columns

YEARLY = {"register_year", "household_id"}  # the key of a household, by which its records are joined to it


def check() -> None:
    """Raise Misdeclared with every fault of the declared registers, in Thai and in English, a line each."""
    if faults := [f"registers.csv: {r.name}: {fault}" for r in registers().values() for fault in _faults(r)]:
        raise Misdeclared("\n".join(faults))


def _faults(register: Register) -> list[str]:
    """What is declared of one register and cannot be done."""
    of_register, faults = columns(register.name), []
    if register.parent and not registers()[register.parent].table:
        faults.append(f"parent {register.parent}: ไม่มีตาราง · has no table")
    if register.parent == HOUSEHOLD and not of_register.keys() >= YEARLY:
        faults.append("ต้องมีปีทะเบียนและรหัสครัวเรือน · needs register_year in its key, and the column household_id")
    faults += [
        f"events {column}: ต้องเป็นวันที่ · must be of type date" for column in register.events if of_register[column].type != "date"
    ]
    if (register.events or register.keeps_blank or register.names_removed == "build") and not register.of_household:
        faults.append("events, keeps_blank, names_removed: ใช้ได้กับทะเบียนของครัวเรือนเท่านั้น · are for registers of households only")
    return faults
