-- expect: line 5: string.rep gives at most 65536 bytes
-- The same with a separator alone.
return theory { id = "repeat-separator", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return (""):rep(math.maxinteger, "ab")
end }
