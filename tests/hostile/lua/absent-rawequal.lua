-- expect: line 5: attempt to call a nil value (global 'rawequal')
-- Not there.
return theory { id = "absent-rawequal", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return rawequal("x", {})
end }
