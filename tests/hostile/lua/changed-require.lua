-- expect: line 6: a sentence has no `nothing`
-- A module of its own in the place of plugins/lib.
return theory { id = "changed-require", version = "1", title = "T", role = "aim", reads = {},
argue = function(s)
require = function() return { ports = {} } end
return s.sentence.nothing
end }
