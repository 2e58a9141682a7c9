// Compiles the theme and copies its font beside it: `npm ci && npm run build`.
// What it writes under ../static/web is committed, so that nobody needs Node to run the site.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import * as sass from "sass";

const at = (path) => fileURLToPath(new URL(path, import.meta.url));
const modules = at("../../../../node_modules/");
const font = `${modules}@fontsource-variable/figtree/`;
const out = at("../static/web/");

const { css } = sass.compile(at("maillage.scss"), {
  style: "compressed",
  loadPaths: [modules],
  quietDeps: true,
  silenceDeprecations: ["import"],
});
const { version } = JSON.parse(readFileSync(`${modules}bootstrap/package.json`, "utf8"));
const notice = `/*! Maillage (MIT). Contains Bootstrap ${version}, (c) The Bootstrap Authors, MIT. See LICENCES.txt */`;

mkdirSync(`${out}fonts`, { recursive: true });
writeFileSync(`${out}maillage.css`, `${notice}\n${css.replace(/\/\*![^]*?\*\//g, "").trim()}\n`);
copyFileSync(
  `${font}files/figtree-latin-wght-normal.woff2`,
  `${out}fonts/figtree.woff2`,
);
writeFileSync(
  `${out}LICENCES.txt`,
  [
    `Bootstrap ${version}, compiled into maillage.css`,
    readFileSync(`${modules}bootstrap/LICENSE`, "utf8").trim(),
    "Figtree, fonts/figtree.woff2",
    readFileSync(`${font}LICENSE`, "utf8").trim(),
  ].join("\n\n") + "\n",
);
