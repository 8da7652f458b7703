-- expect: line 5: an error that is no text
-- An error value is no place for one either.
return theory { id = "address-in-error", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
error({})
end }
