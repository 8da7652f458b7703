-- expect: line 5: the plugin did not finish within 50000000 instructions
-- A loop whose end is never true.
return theory { id = "endless-repeat", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
repeat local x until false
end }
