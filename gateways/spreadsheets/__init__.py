"""A person's spreadsheet in, canonical rows and problems out; an annotated copy back."""
