-- expect: line 5: the plugin did not finish within 50000000 instructions
-- A count that a double cannot hold.
return theory { id = "endless-for", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
for i = 1, math.huge do end
end }
