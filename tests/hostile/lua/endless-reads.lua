-- expect: line 5: the plugin did not finish within 50000000 instructions
-- A symbol read for ever.
return theory { id = "endless-reads", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
while true do local x = s.cases.share + 1 end
end }
