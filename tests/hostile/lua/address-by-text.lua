-- expect: line 5: string.format takes texts, numbers and truth values
-- As address-of-table.
return theory { id = "address-by-text", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return string.format("%s", {})
end }
