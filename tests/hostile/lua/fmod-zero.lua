-- expect: line 5: bad argument #2 to 'fmod' (zero)
-- C would stop at the remainder of whole numbers by 0.
return theory { id = "fmod-zero", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return math.fmod(1, 0)
end }
