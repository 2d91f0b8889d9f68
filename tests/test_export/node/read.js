// node read.js (graphml|gexf) FILE: counts of nodes, edges, and of all their attributes, as JSON.
const fs = require("node:fs");
const { DOMParser } = require("@xmldom/xmldom");
const { MultiDirectedGraph } = require("graphology");

global.DOMParser = DOMParser;
const [form, file] = process.argv.slice(2);
const graph = require(`graphology-${form}`).parse(MultiDirectedGraph, fs.readFileSync(file, "utf8"));
const count = (sets) => {
  const counts = {};
  for (const set of sets) for (const name of Object.keys(set)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};
console.log(
  JSON.stringify({
    nodes: graph.order,
    edges: graph.size,
    node: count(graph.mapNodes((_, attributes) => attributes)),
    edge: count(graph.mapEdges((_, attributes) => attributes)),
  }),
);
