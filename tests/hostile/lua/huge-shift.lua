-- expect: line 5: 0
-- A shift by more than there are bits is 0 in Lua.
return theory { id = "huge-shift", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
error(tostring((1 << 64) + (1 << math.mininteger) + (1 >> -64)))
end }
