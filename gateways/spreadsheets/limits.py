"""How much a person's file may hold; beyond it it is refused unread (reliability.md, sections 6 and T31)."""

PACKED_BYTES = 10 * 1024 * 1024  # xlsx, xlsb, xls
TEXT_BYTES = 30 * 1024 * 1024  # csv: 200,000 rows of 150 bytes
UNPACKED_BYTES = 100 * 1024 * 1024
RATIO = 100
RATIO_FROM_BYTES = 1024 * 1024  # below this no ratio does harm
ARCHIVE_ENTRIES_BYTES = 256 * 1024  # of central directory: about 2,500 parts
ROWS = 200_000
CELLS = 6_000_000  # calamine's grid is dense: 24 bytes for each cell of the rectangle
COLUMNS = 1_000
CELL_CHARACTERS = 500
SHARED_STRING_BYTES = 64 * 1024 * 1024  # of text that the cells of one sheet may refer to, repeats counted
HEADER_ROWS = 15
PER_REASON = 200
INTEGER_DIGITS = 14  # of NUMERIC(18,4)
