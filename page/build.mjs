// Builds the page into sandbox/slack/page, with the licences of what it is made of.
import { build } from "esbuild";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";

const into = new URL("../sandbox/slack/page/", import.meta.url);
await rm(into, { recursive: true, force: true });
await mkdir(into, { recursive: true });

const { metafile } = await build({
  entryPoints: { page: "src/page.tsx", index: "src/index.html" },
  outdir: into.pathname,
  bundle: true,
  minify: true,
  jsx: "automatic",
  target: "es2022",
  loader: { ".html": "copy", ".woff2": "file" },
  external: ["*.woff"], // for browsers that can't show the page anyway
  assetNames: "[name]",
  define: { "process.env.NODE_ENV": '"production"' },
  legalComments: "none",
  metafile: true,
  logLevel: "warning",
});

const packages = new Set(
  Object.keys(metafile.inputs).flatMap((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []),
);
const licences = await Promise.all([...packages].sort().map(licence));
await writeFile(new URL("licences.txt", into), licences.join("\n\n"));

async function licence(name) {
  const folder = new URL(`node_modules/${name}/`, import.meta.url);
  const { version, license } = JSON.parse(await readFile(new URL("package.json", folder), "utf8"));
  const file = (await readdir(folder)).find((each) => /^licen[cs]e/i.test(each));
  const text = file ? await readFile(new URL(file, folder), "utf8") : "";
  return `== ${name} ${version} (${license})\n\n${text.trim()}\n`;
}
