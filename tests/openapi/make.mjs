// Writes the description of the REST API: see server/api/operations.yaml.
import { writeFileSync } from "node:fs";
import { describe, places } from "./description.mjs";

for (const [which, text] of Object.entries(describe())) writeFileSync(places[which], text);
