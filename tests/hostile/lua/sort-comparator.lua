-- expect: line 5: table.sort takes no comparator here
-- A comparator that contradicts itself.
return theory { id = "sort-comparator", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
table.sort({ 3, 1, 2 }, function() return true end)
end }
