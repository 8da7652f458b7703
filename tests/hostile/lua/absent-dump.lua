-- expect: line 5: attempt to call a nil value (field 'dump')
-- Not there.
return theory { id = "absent-dump", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return string.dump(function() end)
end }
