-- expect: line 5: there would be more than 32 axes
-- More axes than a graph may have.
return theory { id = "many-axes", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
for i = 1, 40 do axis("axis" .. i, { 1, 2 }) end
end }
