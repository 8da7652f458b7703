-- expect: line 5: caf
-- An error that is not UTF-8.
return theory { id = "error-unfinished", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
error "caf\xc3"
end }
