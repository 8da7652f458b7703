-- expect: line 6: nothing was run
-- Without setmetatable `__gc` is a field like others.
return theory { id = "finalizer", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
for _ = 1, 100 do local t = { __gc = function() while true do end end } end
error "nothing was run"
end }
