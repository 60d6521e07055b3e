// Blocks on standard input, the page that shows them as a message on standard output.
const fs = require("node:fs");
const React = require("react");
const { renderToStaticMarkup } = require("react-dom/server");
const { Message } = require("slack-blocks-to-jsx");

const style = fs.readFileSync(require.resolve("slack-blocks-to-jsx/dist/style.css"), "utf8");
const logo =
  "data:image/svg+xml," +
  encodeURIComponent(
    '<svg xmlns="http://www.w3.org/2000/svg" width="36" height="36"><rect width="36" height="36" rx="6" fill="#1d3557"/><text x="18" y="25" font-size="20" fill="white" text-anchor="middle" font-family="serif">R</text></svg>',
  );
const blocks = JSON.parse(fs.readFileSync(0, "utf8"));
const message = React.createElement(Message, {
  blocks,
  logo,
  name: "Readout",
  theme: "light",
  time: new Date("2026-11-24T08:55:00"),
});
process.stdout.write(
  `<!doctype html><meta charset="utf-8"><style>body{margin:16px;width:720px}${style}</style>` +
    renderToStaticMarkup(message),
);
