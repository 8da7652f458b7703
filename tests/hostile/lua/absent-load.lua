-- expect: line 5: attempt to call a nil value (global 'load')
-- Not there.
return theory { id = "absent-load", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return load("x", {})
end }
