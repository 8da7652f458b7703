-- expect: line 6: nil
-- A pattern that takes longer than the universe: here it is plain text.
return theory { id = "pattern", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local at = ("a"):rep(60):find(("a-"):rep(30) .. "b")
error(tostring(at))
end }
