-- expect: line 5: attempt to call a nil value (global 'xpcall')
-- Not there.
return theory { id = "absent-xpcall", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return xpcall("x", {})
end }
