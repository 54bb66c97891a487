"""Outlines of areas: official ones read, approximate ones made, points held against both."""
