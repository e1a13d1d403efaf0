"""Prints the rows of a query, values parted by |: rows.py DATABASE SQL."""
import sqlite3
import sys

for row in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]):
    print("|".join("" if value is None else str(value) for value in row))
