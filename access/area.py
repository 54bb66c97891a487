"""Area codes: the nation, or the DOPA code of a province, district, subdistrict or village."""

import re

NATION = "TH"
AREA = re.compile(rf"{NATION}|([0-9]{{2}}){{1,4}}")
