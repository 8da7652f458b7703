-- How well sentences fit what is deserved, and the verdict that follows.
--
-- The verdict takes a good fit on the whole and no type of case badly wronged: a mean over cases
-- hides an injustice to one of them.

local fit = {}

local function cut_off(default, about)
  return number { within = {0, 1}, default = default, status = "illustrative", about = about }
end

fit.reads = { params = {
  de_minimis = number { unit = "pme", above = 0, default = 1, status = "illustrative",
    about = "a difference of this order matters little; it keeps a fit with 0 defined" },
  fold = number { above = 1, default = 4, status = "illustrative",
    about = "a sentence so many times too long or too short fits to degree 0" },
  acceptable_from = cut_off(0.7, "mean proportionality that makes a regime acceptable"),
  rejected_below = cut_off(0.5, "mean proportionality below which it is unacceptable"),
  worst_case = cut_off(0.25, "proportionality that every type of case must reach"),
  worst_share = cut_off(0.01, "a type of case with a smaller share does not decide on its own"),
} }

fit.scale = { [0] = "every case many times too long or too short", [1] = "every case exact" }

-- The degree, 0 to 1, to which a sentence is the deserved one: too much and too little by the same
-- factor count alike. 1 - |ln((S + d) / (deserved + d))| / ln(fold), not below 0.
function fit.degree(sentence, deserved, p)
  local off = log((sentence + p.de_minimis) / (deserved + p.de_minimis))
  return clamp(1 - abs(off) / log(p.fold), 0, 1)
end

function fit.requires(s, p, fits)
  return {
    mean = { "mean proportionality", over.case.mean(fits), at_least = p.acceptable_from },
    worst = { "no type of case below", over.case.min(fits, { share_from = p.worst_share }),
      at_least = p.worst_case },
  }
end

function fit.rules_out(p, fits)
  return { mean = { "mean proportionality", over.case.mean(fits), below = p.rejected_below } }
end

return fit
