-- expect: line 5: attempt to call a nil value (global 'loadstring')
-- Not there.
return theory { id = "absent-loadstring", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return loadstring("x", {})
end }
