-- expect: line 5: attempt to call a nil value (global 'rawget')
-- Not there.
return theory { id = "absent-rawget", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return rawget("x", {})
end }
