-- Positive retributivism: each offender ought to get what he deserves.
--
-- 1. An offender culpably did a wrong. How grave it is depends on his culpability and on the harm
--    he answers for.
-- 2. Who culpably does wrong deserves hardship in proportion to that wrong.
-- 3. That someone gets what he deserves is in itself a reason to give it to him.
-- So a regime is acceptable as far as its sentences are the deserved ones: not longer, and not
-- shorter either. The verdict needs a good fit on the whole and no type of case badly wronged.
--
-- Of harm done by many together the theory does not itself say how much one act answers for. That
-- is `harm_basis`, a choice that the scenario must make in the open.

local desert = require "desert"
local disparity = require "disparity"
local fit = require "fit"
local harm = require "harm"
local severity = require "severity"

local about_the_wrong = {
  knowing = { "Did the offender know what he did?",
    reply = "Those who did not are a type of case of their own, with little culpability." },
  fair_basis = { "Is this the harm that he should answer for?",
    reply = "Compare the same facts on another harm basis: only this choice differs." },
  imputation = { "May harm that others choose to do be charged to him?",
    reply = "The imputation weight of each channel says how far (von Hirsch 1996)." },
}

local about_desert = {
  circular = { "Are the reference sentences themselves just?",
    reply = "They stand in the scenario and can be changed. Taken from today's practice, they "
      .. "would prove nothing about it." },
  unknowable = { "Can anyone know how much punishment is deserved?",
    reply = "Relative desert is firmer than absolute desert, whose limits are a matter of degree "
      .. "(von Hirsch 1992)." },
}

local about_the_principle = {
  pointless = { "Why is suffering good that helps nobody?",
    reply = "It answers the wrong: it treats the offender as one who can be held to account." },
  triviality = { "Is not each act alone too small to deserve anything?",
    reply = "At the margin it may be. Whether breaking a rule that prevents great harm is more "
      .. "than its margin is what the argument from aggregate harm asks." },
}

local function wrong_of_each_case(s, p)
  return claim { "wrongfulness", scheme = "classification",
    text = "{case} did a culpable wrong of {value}",
    value = desert.wrong(s, p.harm_basis, p.harm_basis == "exponent" and p.theta or nil, true),
    cite = "Nozick 1981, Philosophical Explanations, pp. 363-366",
    questions = about_the_wrong }
end

return theory {
  id = "retributivism-positive", version = "1.0.0",
  title = "Positive retributivism", role = "aim",
  about = "Who culpably does wrong deserves hardship in proportion, and ought to get it.",
  reads = { desert.reads, fit.reads, disparity.reads, params = {
    harm_basis = text { among = harm.bases,
      about = "which part of the harm of all acts one act answers for" },
    theta = number { within = {0, 1}, moral = true, only_with = { harm_basis = "exponent" },
      about = "0: each answers for his average share; 1: for the whole" },
  } },
  argue = function(s, p)
    local sentence = severity.of(s)
    local deserved = claim { "deserved", scheme = "classification",
      text = "{case} deserves {value}",
      value = desert.deserved(s, wrong_of_each_case(s, p)),
      cite = "a device of this program; von Hirsch 1992, Proportionality in the Philosophy of "
        .. "Punishment, holds relative desert firmer than absolute",
      questions = about_desert }
    local fits = claim { "proportionality", scheme = "practical reasoning",
      text = disparity.text(p), value = disparity.degree(s, p, sentence, deserved),
      questions = about_the_principle }
    return conclude {
      score = over.case.mean(fits), scale = fit.scale,
      requires = fit.requires(s, p, fits),
      rules_out = fit.rules_out(p, fits),
      difference = sentence - deserved,
      show = disparity.findings(s, p, sentence, deserved),
    }
  end,
}
