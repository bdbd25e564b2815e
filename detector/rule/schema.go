package rule

import (
	"encoding/json"
	"fmt"
	"slices"
)

// schema is a JSON Schema, or a part of one.
type schema = map[string]any

// schemas makes the schema of each kind of rule file. What a field may hold
// comes from the types, bounds and names that the readers use.
var schemas = map[string]func() schema{
	"rule": ruleSchema, "list": listSchema, "script": scriptSchema, "weights": weightsSchema,
	"references": referencesSchema, "pack": packSchema,
}

// SchemaKinds lists the kinds of rule files that have a schema.
func SchemaKinds() []string {
	return []string{"rule", "list", "script", "weights", "references", "pack"}
}

// Schema is the JSON Schema (draft-07) of a kind of rule file, one of
// SchemaKinds. An editor that knows it completes fields and marks
// faults while a rule is written; Load finds more.
func Schema(kind string) ([]byte, error) {
	build, ok := schemas[kind]
	if !ok {
		return nil, fmt.Errorf("no schema %q: one of %v", kind, SchemaKinds())
	}
	return json.MarshalIndent(build(), "", "  ")
}

// document makes the schema of a file: a mapping with these fields only.
func document(title string, required []string, fields schema) schema {
	root := mappingOf(title, required, fields)
	root["$schema"] = "http://json-schema.org/draft-07/schema#"
	root["title"] = title
	return root
}

func mappingOf(doc string, required []string, fields schema) schema {
	s := schema{"type": "object", "description": doc, "additionalProperties": false, "properties": fields}
	if len(required) > 0 {
		s["required"] = required
	}
	return s
}

// textSchema is a text that is not empty.
func textSchema(doc string) schema {
	return schema{"type": "string", "description": doc, "minLength": 1, "maxLength": maxText}
}

func listSchemaOf(doc string, least int, item schema) schema {
	return schema{"type": "array", "description": doc, "minItems": least, "items": item}
}

func enumSchema(doc string, names []string) schema {
	return schema{"description": doc, "enum": slices.DeleteFunc(slices.Clone(names), func(name string) bool { return name == "" })}
}

func refTo(definition string) schema { return schema{"$ref": "#/definitions/" + definition} }

const nameSyntax = "^[a-z][a-z0-9_]*$"

// phrasesSchema is language → patterns.
func phrasesSchema(doc string) schema {
	byLanguage := schema{}
	for _, code := range languages {
		byLanguage[code] = refTo("phrases")
	}
	return schema{"type": "object", "description": doc, "minProperties": 1, "additionalProperties": false, "properties": byLanguage}
}

// scalarTypes are what a plain text may look like to YAML.
var scalarTypes = []string{"string", "number", "boolean"}

func phraseDefinition() schema {
	return listSchemaOf("Patterns of one language. Words; (a|b) one of; [a] perhaps; .. a gap of up to 4 words, ..2 of up to 2; "+
		"word* any ending; word~1 one slip; @list or @list.group; <money>, <wallet>, <url>, <handle>, <phone>, <duration>, <percent>, <gain> (two sums, the second larger), <yield> (the second a small part), <tiers> (two steps of put in and paid out); /regexp/.",
		1, schema{"type": scalarTypes})
}

func ruleSchema() schema {
	s := document("A hookline rule: one indicator with its tests", []string{"id", "title", "weight", "patterns"}, schema{
		"id":          textSchema("The file's place: category.family.indicator, or context.name."),
		"title":       textSchema("What the rule finds, as a reviewer reads it."),
		"description": textSchema("More than the title says."),
		"status":      enumSchema("Where the rule stands: experimental rules are reported and score nothing.", statusNames),
		"stage":       enumSchema("The step of the script that a match shows.", stageNames),
		"weight":      enumSchema("How strong the evidence is by itself.", classNames),
		"queue":       enumSchema("Whose queue a match belongs to.", queueNames),
		"also":        listSchemaOf("Further queues.", 1, schema{"enum": queueNames}),
		"act":         enumSchema("The speech act of a match, unless its sentence says otherwise.", actNames),
		"effect":      enumSchema("What a context rule does to the matches near it.", effectNames),
		"aliases":     listSchemaOf("Earlier ids of the rule.", 1, schema{"type": "string"}),
		"patterns": schema{"type": "object", "description": "Name → language → patterns. The condition calls them by name.",
			"minProperties": 1, "maxProperties": maxNames, "propertyNames": schema{"pattern": nameSyntax, "maxLength": maxName},
			"additionalProperties": phrasesSchema("Language → patterns; \"und\" for what belongs to none.")},
		"condition":  refTo("clause"),
		"lookalikes": listSchemaOf("Honest texts that look like this, in words.", 1, textSchema("An honest text.")),
		"references": listSchemaOf("Sources: keys of references.yaml, or web addresses.", 1, schema{"type": "string"}),
		"tests": mappingOf("Texts that the rule must and must not match.", nil, schema{
			"match":         refTo("cases"),
			"no_match":      refTo("cases"),
			"todo_match":    refTo("cases"),
			"todo_no_match": refTo("cases"),
		}),
	})
	s["if"] = schema{"properties": schema{"id": schema{"pattern": `^context\.`}}}
	s["then"] = schema{"required": []string{"effect"}}
	s["else"] = schema{"required": []string{"stage"}}
	s["definitions"] = schema{"phrases": phraseDefinition(), "clause": clauseSchema(false), "cases": casesSchema()}
	return s
}

// clauseSchema is a condition: of a rule over its patterns, of a composite
// over rules.
func clauseSchema(composite bool) schema {
	leaf := "The name of a pattern."
	if composite {
		leaf = `Rules that matched: an id or a glob, as in "*.lock_in.*:strong@demand".`
	}
	args := func(doc string, least int) schema { return listSchemaOf(doc, least, refTo("clause")) }
	clause := mappingOf("An operator with its clauses.", nil, schema{
		"all":      args("Every clause holds in the scope.", 1),
		"any":      args("At least one clause holds.", 1),
		"none":     args("No clause holds.", 1),
		"near":     args("All hold within a distance, in any order.", 2),
		"then":     args("All hold within a distance, in this order.", 2),
		"at_least": schema{"type": "integer", "minimum": 1, "description": "How many of the clauses under of must hold."},
		"of":       args("The clauses of at_least.", 1),
		"scope":    enumSchema("The stretch within which the clause must hold.", scopeNames),
		"over":     schema{"type": "integer", "minimum": 2, "maximum": maxClauses, "description": "Least number of messages that near or at_least must be spread over, where within is in messages or days."},
		"within": schema{"description": `A distance: 50 (units; a word is 2), "20 messages" (inside one message 25 words each) or "7 days".`,
			"anyOf": []schema{{"type": "integer", "minimum": 1, "maximum": maxUnits},
				{"type": "string", "pattern": "^[0-9]+( (units|messages?|days?))?$"}}},
	})
	var one []schema
	for _, op := range opNames[1:] {
		one = append(one, schema{"required": []string{op}})
	}
	clause["oneOf"] = one
	clause["dependencies"] = schema{"at_least": []string{"of"}, "of": []string{"at_least"}}
	return schema{"description": "When the rule holds; without one, where any pattern matches.",
		"anyOf": []schema{{"type": "string", "minLength": 1, "description": leaf}, clause}}
}

func casesSchema() schema {
	message := mappingOf("One message of a thread.", []string{"who", "text"}, schema{
		"who":   textSchema("The sender."),
		"after": schema{"type": "string", "pattern": "^[0-9.]+d$|^([0-9.]+(ns|us|µs|ms|s|m|h))+$", "description": "Time since the message before: 90m, 36h, 7d."},
		"text":  schema{"type": scalarTypes, "description": "The text; ⟦name|words⟧ marks what pattern name must hit."},
	})
	test := schema{"anyOf": []schema{
		{"type": scalarTypes, "description": "A text; ⟦name|words⟧ marks what pattern name must hit."},
		mappingOf("A thread.", []string{"thread"}, schema{"thread": listSchemaOf("Messages in order.", 1, message)}),
	}}
	list := listSchemaOf("Tests.", 1, test)
	byLanguage := schema{}
	for _, code := range languages {
		byLanguage[code] = list
	}
	return schema{"description": "A list of English tests, or language → list.", "anyOf": []schema{
		list, {"type": "object", "additionalProperties": false, "properties": byLanguage},
	}}
}

func listSchema() schema {
	s := document("A hookline list: phrases that patterns call by @name", []string{"id", "title", "updated", "groups"}, schema{
		"id":      textSchema("lists. and the name of the file."),
		"title":   textSchema("What is in the list."),
		"updated": schema{"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "The day somebody last looked at the data."},
		"groups": schema{"type": "object", "description": "Group → language → phrases; patterns call @name.group.",
			"minProperties": 1, "propertyNames": schema{"pattern": nameSyntax, "maxLength": maxName},
			"additionalProperties": phrasesSchema("Language → phrases.")},
	})
	s["definitions"] = schema{"phrases": phraseDefinition()}
	return s
}

func scriptSchema() schema {
	s := document("A hookline script: the stages and composites of a category", []string{"id", "title"}, schema{
		"id":    textSchema("scripts. and the name of the file, a category."),
		"title": textSchema("The script, as a reviewer reads it."),
		"stages": listSchemaOf("The stages in the order of the script.", 1, mappingOf("A stage.", []string{"id", "title"}, schema{
			"id":    enumSchema("The stage.", stageNames),
			"title": textSchema("The stage as this script plays it."),
			"next":  textSchema("What comes next, as advice."),
		})),
		"composites": listSchemaOf("Named combinations of rules.", 1, mappingOf("A composite.", []string{"id", "title", "when"}, schema{
			"id":    schema{"type": "string", "pattern": `^comp\.[a-z0-9_]+$`, "description": "comp. and a name."},
			"title": textSchema("What the combination means."),
			"when":  refTo("clause"),
			"band":  enumSchema("The verdict is at least this urgent.", bandNames),
			"queue": enumSchema("Whose queue it belongs to.", queueNames),
			"also":  listSchemaOf("Further queues.", 1, schema{"enum": queueNames}),
			"do":    textSchema("What a reviewer does next."),
		})),
	})
	s["definitions"] = schema{"clause": clauseSchema(true)}
	return s
}

func weightsSchema() schema {
	number := func(doc string, least, greatest float64) schema {
		return schema{"type": "number", "description": doc, "minimum": least, "maximum": greatest}
	}
	return document("Hookline's weights, as fit writes them", nil, schema{
		"base_rate": number("Share of scams among what is scanned.", minBaseRate, maxBaseRate),
		"t3":        number("Score from which a verdict is P3.", minThreshold, maxThreshold),
		"t2":        number("Score from which a verdict is P2.", minThreshold, maxThreshold),
		"weights": schema{"type": "object", "description": "Rule → log-odds.",
			"additionalProperties": number("Log-odds of a match.", -maxWeight, maxWeight)},
		"locked":  listSchemaOf("Rules whose weight fit leaves alone.", 1, schema{"type": "string"}),
		"figures": schema{"description": "What the weights were fitted on."},
	})
}

func referencesSchema() schema {
	return schema{
		"$schema": "http://json-schema.org/draft-07/schema#", "title": "Hookline's sources", "type": "object",
		"description": "Key → the source that rules cite by it.", "minProperties": 1, "maxProperties": maxItems,
		"additionalProperties": textSchema("Who published what, and when."),
	}
}

// Forms of what pack.yaml says.
const (
	PackName    = `^[a-z][a-z0-9_-]{0,63}$`
	PackVersion = `^[0-9]{1,6}([.][0-9]{1,6}){1,2}$`
)

func packSchema() schema {
	version := func(doc string) schema { return schema{"type": "string", "pattern": PackVersion, "description": doc} }
	return document("A hookline pack: a rule folder that is handed on", []string{"name", "version", "engine", "licence"}, schema{
		"name":        schema{"type": "string", "pattern": PackName, "description": "Lower-case letters, digits, - and _."},
		"version":     version(`Of the pack, in quotes, as in "1.4".`),
		"engine":      version(`The least version of hookline that it needs, in quotes, as in "0.1".`),
		"licence":     textSchema("The SPDX name of the licence, as in Apache-2.0."),
		"description": textSchema("What the pack is for."),
		"overrides": schema{"type": "array", "items": schema{"type": "string"},
			"description": "Ids of rules, lists and scripts of earlier folders whose place this pack takes."},
	})
}
