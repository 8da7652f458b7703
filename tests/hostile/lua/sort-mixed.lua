-- expect: line 5: attempt to compare table with number
-- What cannot be compared.
return theory { id = "sort-mixed", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
table.sort { 1, "x", {} }
end }
