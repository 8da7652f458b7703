-- expect: line 5: the plugin did not finish within 50000000 instructions
-- The same claim made for ever.
return theory { id = "endless-claims", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
while true do claim { "a", text = "t", value = 1 } end
end }
