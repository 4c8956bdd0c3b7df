"""Canonical rows in bulk: mapped with SQL or read from spreadsheets, judged in DuckDB, applied in one
transaction.

The way of a run: `mapping` finds one SQL file per table, `extract` makes their results relations, `typed`
reads them into typed tables that remember what they could not read, `judge` lists everything wrong, `apply`
writes. Only `importing` is for others to call.
"""
