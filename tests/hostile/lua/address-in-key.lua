-- expect: line 5: a key of the scenario is a name, not a table
-- A table as the name of an input.
return theory { id = "address-in-key", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
return s.model[{}]
end }
