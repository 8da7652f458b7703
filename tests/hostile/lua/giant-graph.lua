-- expect: line 6: the graph would have more than 1048576 nodes
-- More nodes than a graph may have.
return theory { id = "giant-graph", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
local x = over.case.sum(s.cases.share)
while true do x = x + s.cases.index end
end }
