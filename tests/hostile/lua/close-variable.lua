-- expect: line 5: variable 't' got a non-closable value
-- A variable that wants to be closed.
return theory { id = "close-variable", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local t <close> = { __close = function() while true do end end }
end }
