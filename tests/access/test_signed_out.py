"""Signing out is written down beside the users file: for every server process, for as long as a cookie could be shown."""

import multiprocessing
import os
import time
from pathlib import Path

import pytest

from access import signed_out

ONE, OTHER, OLD = "1" * 64, "2" * 64, "3" * 64
DAY = 8 * 3600


def test_what_one_process_ends_is_ended_in_another(tmp_path: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(1) as elsewhere:
        elsewhere.apply(signed_out.end, (tmp_path, ONE, DAY))
    assert signed_out.ended(tmp_path, ONE) and not signed_out.ended(tmp_path, OTHER)


def test_signing_out_twice_is_signing_out(tmp_path: Path) -> None:
    signed_out.end(tmp_path, ONE, DAY)
    signed_out.end(tmp_path, ONE, DAY)
    assert signed_out.ended(tmp_path, ONE)


def test_what_is_too_old_for_its_cookie_is_forgotten_and_nothing_else(tmp_path: Path) -> None:
    for fingerprint, ago in ((OLD, DAY + 60), (OTHER, DAY - 60)):
        signed_out.end(tmp_path, fingerprint, DAY)
        os.utime(tmp_path / signed_out.NAME / fingerprint, (time.time() - ago,) * 2)
    signed_out.end(tmp_path, ONE, DAY)
    assert [signed_out.ended(tmp_path, each) for each in (OLD, OTHER, ONE)] == [False, True, True]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_it_is_its_owners_alone(tmp_path: Path) -> None:
    kept = os.umask(0)
    try:
        signed_out.end(tmp_path, ONE, DAY)
    finally:
        os.umask(kept)
    place = tmp_path / signed_out.NAME
    assert [path.stat().st_mode & 0o077 for path in (place, place / ONE)] == [0, 0]
