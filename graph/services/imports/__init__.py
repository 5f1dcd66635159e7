"""Taking records in and out again."""
