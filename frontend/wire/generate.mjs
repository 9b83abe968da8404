// Writes the API's types for the islands from its description.
import { readFileSync, writeFileSync } from "node:fs";
import openapiTS, { astToString } from "openapi-typescript";

const spec = new URL("../../internal/web/api/openapi.yaml", import.meta.url);
const target = new URL("../src/lib/wire.gen.ts", import.meta.url);

const tree = await openapiTS(readFileSync(spec, "utf8"), { alphabetize: true });
const head = "// Code generated from internal/web/api/openapi.yaml by `npm run wire`. DO NOT EDIT.\n\n";
writeFileSync(target, head + astToString(tree));
