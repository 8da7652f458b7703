-- expect: line 5: attempt to call a nil value (global 'getmetatable')
-- Not there.
return theory { id = "absent-getmetatable", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return getmetatable("x", {})
end }
