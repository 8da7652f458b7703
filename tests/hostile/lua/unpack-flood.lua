-- expect: line 5: too many results to unpack
-- More results than a stack can hold.
return theory { id = "unpack-flood", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return select("#", table.unpack({}, 1, 1e7))
end }
