-- expect: line 5: string.format takes no NUL byte
-- The format does not end at a NUL byte.
return theory { id = "address-behind-nul", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return string.format("\0%p", "x")
end }
