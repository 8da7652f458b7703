-- expect: line 5: attempt to call a nil value (global 'rawlen')
-- Not there.
return theory { id = "absent-rawlen", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return rawlen("x", {})
end }
