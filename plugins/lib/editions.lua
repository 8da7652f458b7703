-- Texts that were amended: which one stood in force on a day.
--
-- In a table of data, `since` and `before` say from and until when an entry stood; a field that
-- changed is written { dated: { 1991-11-27: 13, 1996-11-01: 15 } }, each value from its day on.
-- Dates are compared as they are written, YYYY-MM-DD.

local editions = {}

local function is_symbol(value)
  return type(value) == "userdata" and tostring(value) ~= "userdata"
end

function editions.is_table(value)
  return type(value) == "userdata" and not is_symbol(value)
end

-- The fields of a table of data as plain Lua, and their names in file order. Data has optional
-- fields, which a plugin could not ask for by name.
function editions.fields(data)
  local fields, names = {}, {}
  for name, value in pairs(data) do
    fields[name] = is_symbol(value) and max(value) or value -- max: reading is no use of its own
    table.insert(names, name)
  end
  return fields, names
end

-- The last value whose day is not after the edition; nil where there is none.
local function in_force(dated, edition)
  local found
  local values, days = editions.fields(dated)
  table.sort(days)
  for _, day in ipairs(days) do
    if day <= edition then
      found = values[day]
    end
  end
  return found
end

local function resolved(value, edition)
  if not editions.is_table(value) then
    return value
  end
  local inner = editions.fields(value)
  return inner.dated and in_force(inner.dated, edition) or not inner.dated and value or nil
end

-- The fields of an entry as they stood on that day, or nil when the entry did not stand.
function editions.entry(data, edition)
  local fields, names = editions.fields(data)
  for _, name in ipairs(names) do
    fields[name] = resolved(fields[name], edition)
  end
  local stands = (fields.since == nil or fields.since <= edition)
    and (fields.before == nil or edition < fields.before)
  return stands and fields or nil
end

-- The entries of a table that stood on that day: an array of { name, fields }, in file order.
function editions.entries(data, edition)
  local standing = {}
  for name, value in pairs(data) do
    local fields = editions.is_table(value) and editions.entry(value, edition)
    if fields then
      table.insert(standing, { name, fields })
    end
  end
  return standing
end

-- The one entry that stood on that day, or an error with `what` for its subject.
function editions.only(data, edition, what)
  local standing = editions.entries(data, edition)
  if #standing == 0 then
    input_error(what .. ": no text is carried for the edition of " .. edition,
      "give a later edition, or enter at a later step")
  end
  return standing[#standing][2]
end

return editions
