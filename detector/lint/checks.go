package lint

// checks is the one table of checks, sorted by name.
var checks = []Check{
	{"covered-alternative", Warning, "An alternative that another one covers can never change what matches.", coveredAlternatives},
	{"covered-pattern", Note, "A pattern that holds another one of its name only lengthens the span.", coveredPatterns},
	{"deprecated-without-heir", Fault, "Who filters by an old id must be led to the new one by an alias.", deprecatedWithoutHeir},
	{"display-term", Fault, "Words that shame victims may be matched, but are never shown.", displayTerms},
	{"duplicate-pattern", Warning, "The same phrase in two rules counts twice.", duplicatePatterns},
	{"duplicate-test", Fault, "A text tested twice proves nothing more; one that must and must not match proves a slip.", duplicateTests},
	{"duplicate-title", Warning, "Reviewers see titles: two rules with one title look like one.", duplicateTitles},
	{"few-tests", Fault, "Three texts that match and three that look alike but do not are the least that shows a rule works.", fewTests},
	{"foreign-script", Warning, "Letters that a language is not written with are mostly a pattern under the wrong language.", foreignScripts},
	{"long-file", Fault, "A rule of more than 400 lines is two rules.", longFiles},
	{"mixed-script", Fault, "A word of Latin and Cyrillic letters is a slip: the engine undoes look-alikes in texts, not in patterns.", mixedScripts},
	{"no-lookalike", Fault, "Who cannot name an honest text that looks alike has not looked for one.", noLookalike},
	{"no-marks", Warning, "Without a marked test nobody sees which words a rule means.", noMarks},
	{"stage-outside-script", Warning, "A stage that the script of the category does not have is never shown.", stagesOutsideScript},
	{"stale-list", Warning, "Lists are data with a date; after a year somebody has to look.", staleLists},
	{"star-without-effect", Warning, "Scripts without spaces match as parts of words anyway.", starsWithoutEffect},
	{"stop-words", Fault, "A phrase of function words only is in every text.", stopWordPatterns},
	{"unknown-reference", Fault, "A source that nobody can look up is none.", unknownReferences},
	{"unreachable-clause", Fault, "A clause that can change nothing, or never hold, hides what the rule needs.", unreachableClauses},
	{"untested-language", Fault, "Patterns of a language need a text that matches and one that does not, in that language.", untestedLanguages},
	{"unused-group", Warning, "A group of a list that nobody calls matches nothing.", unusedGroups},
	{"unused-list", Warning, "A list that nobody calls matches nothing.", unusedLists},
	{"unused-pattern", Fault, "A pattern that the condition does not name can change nothing.", unusedPatterns},
	{"weight-bounds", Fault, "A weight outside the bounds of its class says that the class is wrong.", weightBounds},
}
