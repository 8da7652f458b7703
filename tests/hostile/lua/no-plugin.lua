-- expect: theories/no-plugin.lua does not return a theory { ... } or a regime { ... }
-- A file that returns something else.
return { id = "x", argue = function() end }
