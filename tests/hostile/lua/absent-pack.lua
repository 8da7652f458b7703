-- expect: line 5: attempt to call a nil value (field 'pack')
-- Not there.
return theory { id = "absent-pack", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return string.pack("i4", 1)
end }
