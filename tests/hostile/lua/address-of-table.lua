-- expect: line 5: table function userdata
-- An address would differ between two runs.
return theory { id = "address-of-table", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
error(tostring({}) .. " " .. tostring(print) .. " " .. tostring(s.model))
end }
