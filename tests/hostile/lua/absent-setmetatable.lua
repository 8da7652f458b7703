-- expect: line 5: attempt to call a nil value (global 'setmetatable')
-- Not there.
return theory { id = "absent-setmetatable", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return setmetatable("x", {})
end }
