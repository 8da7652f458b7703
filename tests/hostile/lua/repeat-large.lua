-- expect: line 5: string.rep gives at most 65536 bytes
-- A text of a terabyte.
return theory { id = "repeat-large", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return ("x"):rep(1e12)
end }
