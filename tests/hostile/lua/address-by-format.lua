-- expect: line 5: string.format knows no %p here
-- As address-of-table.
return theory { id = "address-by-format", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return string.format("%p", "x")
end }
