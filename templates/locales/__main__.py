"""`make words`: extract, update and compile; exit code 1 while a translation is missing."""

import sys

from templates.locales import update_all

if __name__ == "__main__":
    missing = update_all()
    sys.stdout.writelines(f"{language}: {count} missing\n" for language, count in missing.items())
    sys.exit(1 if any(missing.values()) else 0)
