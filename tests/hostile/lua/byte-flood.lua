-- expect: line 7: stack overflow (string slice too long)
-- As unpack-flood, from a text.
return theory { id = "byte-flood", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local t = ("x"):rep(65536)
for i = 1, 6 do t = t .. t end
return select("#", t:byte(1, -1))
end }
