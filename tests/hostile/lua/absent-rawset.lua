-- expect: line 5: attempt to call a nil value (global 'rawset')
-- Not there.
return theory { id = "absent-rawset", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return rawset("x", {})
end }
