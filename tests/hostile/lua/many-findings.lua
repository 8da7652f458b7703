-- expect: line 7: `show` has more than 256 entries
-- More findings than a fragment may have.
return theory { id = "many-findings", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local show = {}
for i = 1, 300 do show["f" .. i] = { "t", value = 1 } end
return conclude { score = 1, scale = { [0] = "none" }, show = show, requires = { a = { "a", 1, at_least = 0 } } }
end }
