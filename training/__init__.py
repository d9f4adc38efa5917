"""How each shipped weight and list is made: one program a file, run in order by `make models`."""
