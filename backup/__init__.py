"""Backups: a consistent copy of an installation in one encrypted, verified file, and the way back into an empty folder.

`contents` says what belongs to an installation, `snapshot` copies it while it is in use, `packing` puts it in one stream,
`archive` encrypts that to a passphrase, `checks` looks at what came out. Imports the rooms whose files it knows, draws nothing.
"""
