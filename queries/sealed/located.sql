-- Where the households of some addresses stand, and by what names entries may call the register's items: one row per address.
from located_of($refs)
