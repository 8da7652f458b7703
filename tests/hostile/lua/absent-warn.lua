-- expect: line 5: attempt to call a nil value (global 'warn')
-- Not there.
return theory { id = "absent-warn", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return warn("x", {})
end }
