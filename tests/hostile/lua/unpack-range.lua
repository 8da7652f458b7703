-- expect: line 5: too many results to unpack
-- A range whose length leaves the whole numbers.
return theory { id = "unpack-range", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return select("#", table.unpack({}, math.mininteger, math.maxinteger))
end }
