-- expect: line 5: there are more than 4096 claims
-- More claims than a fragment may have.
return theory { id = "many-claims", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
for i = 1, 5000 do claim { "c" .. i, text = "t", value = i } end
end }
