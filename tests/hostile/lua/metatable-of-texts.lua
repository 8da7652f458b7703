-- expect: line 6: STILL %S
-- The functions of texts changed: only the plugin itself sees it.
return theory { id = "metatable-of-texts", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
string.format, string.rep = nil, nil
error(("still %s"):upper())
end }
