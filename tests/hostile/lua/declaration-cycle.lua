-- expect: line 5: declarations nest too deeply
-- A declaration that holds itself.
local t = {}
t.t = t
return theory { id = "x", version = "1", title = "T", role = "aim", argue = print, reads = t }
