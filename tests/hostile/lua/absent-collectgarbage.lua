-- expect: line 5: attempt to call a nil value (global 'collectgarbage')
-- Not there.
return theory { id = "absent-collectgarbage", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return collectgarbage("x", {})
end }
