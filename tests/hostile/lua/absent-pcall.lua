-- expect: line 5: attempt to call a nil value (global 'pcall')
-- Not there.
return theory { id = "absent-pcall", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return pcall("x", {})
end }
