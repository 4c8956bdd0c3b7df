"""`python -m cli` is the `partsplan` command."""

from cli.main import main

main()
