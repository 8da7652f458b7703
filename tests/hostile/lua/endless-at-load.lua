-- expect: line 3: the plugin did not finish within 50000000 instructions
-- A loop while the file is loaded.
while true do end
return theory { id = "endless-at-load", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return conclude { score = 1, scale = { [0] = "none" }, requires = { a = { "a", 1, at_least = 0 } } }
end }
