-- expect: line 5: the plugin did not finish within 50000000 instructions
-- A loop without end.
return theory { id = "endless-loop", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
while true do end
end }
