// Runs SQL statements in DuckDB and prints the rows of the last, each a line of
// JSON. NODE_TOOLS is a folder in which @duckdb/node-api is installed.
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const path = createRequire(process.env.NODE_TOOLS + "/").resolve("@duckdb/node-api");
const { DuckDBInstance } = await import(pathToFileURL(path));
const connection = await (await DuckDBInstance.create(":memory:")).connect();
let rows = [];
for (const statement of process.argv.slice(2)) {
  rows = (await connection.runAndReadAll(statement)).getRowsJson();
}
for (const row of rows) console.log(JSON.stringify(row));
