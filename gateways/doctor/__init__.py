"""Checks of an installation; each gives findings, and changes nothing.

`tokens`, `machine` and `database` are quick and light: the bot asks them too. `workspace` and `blocks` call
Slack, `calendar` loads the tables of public holidays: for the command alone.
"""
