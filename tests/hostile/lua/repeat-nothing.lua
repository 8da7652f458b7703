-- expect: line 5: string.rep gives at most 65536 bytes
-- Nothing, counted out a million billion times.
return theory { id = "repeat-nothing", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return (""):rep(1e15)
end }
