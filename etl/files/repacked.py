"""A zipped workbook whose program wrote its parts' names otherwise than others read them: the same parts under regular names."""

import zipfile
from pathlib import Path

FLAT = "office:document"  # the element of an OpenDocument spreadsheet that is one XML file
MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"


def plain(name: str) -> str:
    """xl\\workbook.xml and /xl/workbook.xml are xl/workbook.xml."""
    return name.replace("\\", "/").lstrip("/")


def regular(path: Path, folder: Path, share: str) -> Path:
    """The file itself, or where a name of it is not regular a copy in `folder` in which they are."""
    with zipfile.ZipFile(path) as archive:
        if all(part.filename == plain(part.filename) for part in archive.infolist()):
            return path
        copy = folder / f"{path.name}.{share}.named.zip"
        with zipfile.ZipFile(copy, "w") as out:
            for part in archive.infolist():
                out.writestr(plain(part.filename), archive.read(part))
    return copy


def of_flat(path: Path, folder: Path) -> Path:
    """A flat OpenDocument spreadsheet (.fods) as the archive that libraries read."""
    archive = folder / f"{path.name}.ods"
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_STORED) as out:
        out.writestr("mimetype", MIMETYPE)
        out.writestr("META-INF/manifest.xml", "<?xml version='1.0'?><manifest/>")
        out.write(path, arcname="content.xml")
    return archive
