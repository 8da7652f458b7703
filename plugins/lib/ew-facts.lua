-- What a guideline of harm and culpability asks about a case, by name.

local facts = require "facts"

return {
  harm = facts.number("the category of harm, from 1, the gravest", { within = { 1, 9 } }),
  culpability_level = facts.label("the level of culpability", { "A", "B", "C" }),
  image_category = facts.label("the gravest category of image", { "A", "B", "C" }),
  image_conduct = facts.label("what was done with the images",
    { "possession", "distribution", "production" }),
  aggravation = facts.number("how far aggravation moves the sentence towards the upper end",
    { within = { 0, 1 } }),
  mitigation = facts.number("how far mitigation moves the sentence towards the lower end",
    { within = { 0, 1 } }),
  plea = facts.label("when guilt was admitted",
    { "none", "first_stage", "after_first_stage", "first_day_of_trial", "during_trial" }),
  other_sentences = facts.number("months for other offences sentenced together",
    { unit = "month", optional = true }),
  proportion = facts.number("totality: the share of the sum that is just and proportionate",
    { within = { 0, 1 } }),
}
