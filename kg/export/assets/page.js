"use strict";
// Draws the graph with vis-network (physics off, positions given), names it, and shows what stands behind it.
// All text from the data reaches the page through textContent or a canvas, never as markup.
(function () {
  const data = JSON.parse(document.getElementById("data").textContent);
  const byId = (id) => document.getElementById(id);
  const nodes = new Map(data.nodes.map((node) => [node.id, node]));
  // in the data, nodes and relations are numbers
  const idOf = (n) => data.nodes[n].id;
  const facts = data.facts.map(([source, target, relation, sentences]) => ({ source: idOf(source), target: idOf(target), relation: data.relations[relation], sentences }));
  const order = [...data.nodes].sort((a, b) => b.value - a.value || (a.id < b.id ? -1 : 1));
  const edgesOf = new Map(data.nodes.map((node) => [node.id, []]));
  for (const fact of facts) {
    edgesOf.get(fact.source).push(fact);
    if (fact.target !== fact.source) edgesOf.get(fact.target).push(fact);
  }
  const hiddenKinds = new Set();
  const large = data.nodes.length > 1200;
  let chosen = null;

  const css = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  let ink, paper;
  function readColours() {
    ink = css("--ink");
    paper = css("--paper");
  }
  readColours();

  // tooltips: what a dot is, and what the relations of a line say with their first sentence
  const pair = (a, b) => (a < b ? a + "\n" + b : b + "\n" + a);
  const factsOf = new Map();
  for (const fact of facts) {
    const key = pair(fact.source, fact.target);
    if (!factsOf.has(key)) factsOf.set(key, []);
    factsOf.get(key).push(fact);
  }
  function describeNode(node) {
    return [node.label.slice(0, 200), node.facts.slice(0, 300), node.definition.slice(0, 300)].filter(Boolean).join("\n");
  }
  function describeEdge(from, to) {
    return factsOf.get(pair(from, to)).flatMap((fact) => {
      const ends = [fact.source, fact.target].map((id) => nodes.get(id).label.slice(0, 80));
      const said = fact.sentences.slice(0, 1).map((n) => "\u201c" + data.sentences[n][0].slice(0, 400) + "\u201d \u2014 " + data.sentences[n][1].slice(0, 120));
      return [ends[0] + " " + words(fact.relation, true) + " " + ends[1], ...said];
    }).join("\n");
  }
  const visNodes = new vis.DataSet(data.nodes.map((n) => ({
    id: n.id, x: n.x, y: n.y, size: n.size, shape: "dot", title: describeNode(n), color: { background: n.color, border: paper, highlight: n.color },
  })));
  const visEdges = new vis.DataSet(data.edges.map(([from, to, width], i) => ({ id: "l" + i, from: idOf(from), to: idOf(to), title: describeEdge(idOf(from), idOf(to)), width })));
  const network = new vis.Network(byId("network"), { nodes: visNodes, edges: visEdges }, data.options);

  // ---- names: the weightiest first, each only where it covers no other
  const measured = new Map();
  const FONT = "13px system-ui, 'Segoe UI', Roboto, Arial, sans-serif";
  function drawNames(context) {
    const scale = network.getScale(), centre = network.getViewPosition();
    const box = context.canvas.getBoundingClientRect();
    const near = chosen === null ? null : neighbours(chosen);
    const taken = [];
    context.save();
    context.setTransform(devicePixelRatio, 0, 0, devicePixelRatio, 0, 0);
    context.font = FONT;
    context.textAlign = "center";
    context.lineJoin = "round";
    const first = near === null ? order : [nodes.get(chosen), ...order.filter((n) => near.has(n.id) && n.id !== chosen)];
    for (const node of first) {
      if (hiddenKinds.has(node.kind)) continue;
      const x = (node.x - centre.x) * scale + box.width / 2, y = (node.y - centre.y) * scale + box.height / 2;
      if (x < -80 || y < -20 || x > box.width + 80 || y > box.height + 20) continue;
      const name = node.short;
      if (!measured.has(name)) measured.set(name, context.measureText(name).width);
      const half = measured.get(name) / 2 + 3, below = y + node.size * scale + 13;
      const area = [x - half - 6, below - 18, x + half + 6, below + 8];
      if (node.id !== chosen && taken.some((t) => area[0] < t[2] && area[2] > t[0] && area[1] < t[3] && area[3] > t[1])) continue;
      taken.push(area);
      context.strokeStyle = paper;
      context.lineWidth = 4;
      context.strokeText(name, x, below);
      context.fillStyle = ink;
      context.fillText(name, x, below);
      if (taken.length > 160) break;
    }
    context.restore();
  }

  // ---- the chosen node and its neighbours stand out: a veil over all, then they are drawn again above it
  function neighbours(id) {
    return new Set([id, ...edgesOf.get(id).flatMap((fact) => [fact.source, fact.target])]);
  }
  function drawChosen(context) {
    const centre = network.getViewPosition(), scale = network.getScale();
    const width = context.canvas.width / scale, height = context.canvas.height / scale;
    context.save();
    context.globalAlpha = 0.8;
    context.fillStyle = paper;
    context.fillRect(centre.x - width, centre.y - height, 2 * width, 2 * height);
    context.globalAlpha = 1;
    context.lineWidth = 1.6 / scale;
    context.strokeStyle = nodes.get(chosen).color;
    const from = nodes.get(chosen);
    for (const id of neighbours(chosen)) {
      const to = nodes.get(id);
      if (hiddenKinds.has(to.kind)) continue;
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.lineTo(to.x, to.y);
      context.stroke();
    }
    for (const id of [...edgesOf.get(chosen).map((f) => (f.source === chosen ? f.target : f.source)), chosen]) {
      const node = nodes.get(id);
      if (hiddenKinds.has(node.kind)) continue;
      context.beginPath();
      context.arc(node.x, node.y, node.size, 0, 2 * Math.PI);
      context.fillStyle = node.color;
      context.fill();
      if (id === chosen) {
        context.lineWidth = 3 / scale;
        context.strokeStyle = ink;
        context.stroke();
      }
    }
    context.restore();
  }

  // ---- from afar, dots would be smaller than a pixel: they are drawn again as large as can be seen, one path a colour
  const kindsOf = new Map(data.kinds.map(([kind, colour]) => [kind, { colour, nodes: order.filter((node) => node.kind === kind) }]));
  function drawDots(context) {
    const scale = network.getScale();
    if (scale > 0.25) return;
    for (const [kind, { colour, nodes: same }] of kindsOf) {
      if (hiddenKinds.has(kind)) continue;
      context.beginPath();
      for (const { x, y, size } of same) {
        const radius = Math.max(size, (0.9 + size * 0.06) / scale);
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, 2 * Math.PI);
      }
      context.fillStyle = colour;
      context.fill();
    }
  }
  network.on("afterDrawing", (context) => {
    drawDots(context);
    if (chosen !== null) drawChosen(context);
    drawNames(context);
  });

  // ---- the panel
  function make(tag, text, className) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  }
  function words(relation, forward) {
    const spaced = relation.replace(/[A-Z]/g, (c) => " " + c.toLowerCase());
    return forward ? spaced : data.passive[relation] || spaced + " (of)";
  }
  function showPanel(id) {
    const panel = byId("panel"), node = nodes.get(id);
    const parts = [make("h2", node.label), make("p", node.facts, "quiet")];
    if (node.definition) parts.push(make("p", node.definition));
    if (node.arxiv) {
      const line = make("p", undefined, "quiet"), link = make("a", "arXiv:" + node.arxiv);
      link.href = "https://arxiv.org/abs/" + encodeURIComponent(node.arxiv).replace("%2F", "/");
      link.rel = "noreferrer noopener";
      link.target = "_blank";
      line.append(link);
      parts.push(line);
    }
    const groups = new Map();
    for (const fact of edgesOf.get(id)) {
      const title = words(fact.relation, fact.source === id);
      if (!groups.has(title)) groups.set(title, []);
      groups.get(title).push(fact);
    }
    for (const title of [...groups.keys()].sort()) {
      parts.push(make("h3", title));
      for (const fact of groups.get(title).slice(0, 200)) parts.push(makeEntry(fact, id));
    }
    panel.replaceChildren(...parts);
    panel.scrollTop = 0;
  }
  function makeEntry(fact, id) {
    const entry = make("div", undefined, "entry"), other = fact.source === id ? fact.target : fact.source;
    const button = make("button", nodes.get(other).label);
    button.addEventListener("click", () => choose(other, true));
    entry.append(button);
    for (const [text, place] of fact.sentences.map((n) => data.sentences[n])) {
      const quote = make("blockquote");
      text.split(/\*\*([^*]{1,300})\*\*/).forEach((part, n) => quote.append(n % 2 ? make("strong", part) : part));
      quote.append(make("cite", place));
      entry.append(quote);
    }
    return entry;
  }
  function choose(id, fly) {
    chosen = id !== null && nodes.has(id) ? id : null;
    if (chosen === null) {
      byId("panel").replaceChildren(make("p", "Click a dot to read what is known of it, and the sentences that say so.", "quiet"));
    } else {
      showPanel(chosen);
      const node = nodes.get(chosen);
      if (hiddenKinds.has(node.kind)) toggle(node.kind);
      const calm = matchMedia("(prefers-reduced-motion: reduce)").matches || large;
      if (fly) network.moveTo({ position: { x: node.x, y: node.y }, scale: Math.max(network.getScale(), 0.9), animation: calm ? false : { duration: 350 } });
    }
    if (location.protocol !== "about:") history.replaceState(null, "", chosen === null ? "#" : "#" + encodeURIComponent(chosen));
    network.redraw();
  }
  network.on("click", (event) => choose(event.nodes.length ? event.nodes[0] : null, false));

  // ---- legend
  function toggle(kind) {
    if (!hiddenKinds.delete(kind)) hiddenKinds.add(kind);
    for (const button of byId("legend").children) {
      if (button.dataset.kind === kind) button.setAttribute("aria-pressed", String(!hiddenKinds.has(kind)));
    }
    visNodes.update(data.nodes.filter((n) => n.kind === kind).map((n) => ({ id: n.id, hidden: hiddenKinds.has(kind) })));
  }
  for (const [kind, colour, count] of data.kinds) {
    const button = make("button");
    button.dataset.kind = kind;
    button.type = "button";
    button.setAttribute("aria-pressed", "true");
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg"), dot = document.createElementNS(svg.namespaceURI, "circle");
    svg.setAttribute("viewBox", "0 0 10 10");
    svg.setAttribute("aria-hidden", "true");
    for (const [name, value] of [["cx", 5], ["cy", 5], ["r", 5], ["fill", colour]]) dot.setAttribute(name, value);
    svg.append(dot);
    button.append(svg, make("span", kind + " " + count.toLocaleString("en")));
    button.addEventListener("click", () => toggle(kind));
    byId("legend").append(button);
  }

  // ---- search
  const search = byId("search"), hits = byId("hits");
  const names = order.map((node) => [node.id, [node.label, ...node.aliases].join("\n").toLowerCase()]);
  let found = [], at = 0;
  function look() {
    const wanted = search.value.trim().toLowerCase();
    found = [];
    if (wanted) {
      const starts = names.filter(([, text]) => text.startsWith(wanted) || text.includes("\n" + wanted));
      const holds = names.filter(([, text]) => text.includes(wanted));
      found = [...new Set([...starts, ...holds].map(([id]) => id))].slice(0, 12);
    }
    at = 0;
    listHits();
  }
  function listHits() {
    hits.replaceChildren(...found.map((id, n) => {
      const item = make("li", nodes.get(id).label);
      item.id = "hit" + n;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", String(n === at));
      item.append(make("small", nodes.get(id).kind));
      item.addEventListener("mousedown", (event) => { event.preventDefault(); take(n); });
      return item;
    }));
    hits.hidden = !found.length;
    search.setAttribute("aria-expanded", String(!hits.hidden));
    if (found.length) search.setAttribute("aria-activedescendant", "hit" + at);
    else search.removeAttribute("aria-activedescendant");
  }
  function take(n) {
    if (!found.length) return;
    const id = found[n];
    found = [];
    listHits();
    search.value = nodes.get(id).label;
    choose(id, true);
  }
  search.addEventListener("input", look);
  search.addEventListener("blur", () => { found = []; listHits(); });
  search.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && found.length) { at = (at + step + found.length) % found.length; listHits(); event.preventDefault(); }
    else if (event.key === "Enter") take(at);
    else if (event.key === "Escape") { search.value = ""; look(); choose(null, false); }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "/" && document.activeElement !== search) { search.focus(); event.preventDefault(); }
    else if (event.key === "Escape" && document.activeElement !== search) choose(null, false);
  });

  // ---- colours follow the system, the address names the chosen node
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { readColours(); network.redraw(); });
  const start = decodeURIComponent(location.hash.slice(1));
  network.once("afterDrawing", () => { document.documentElement.dataset.drawn = "yes"; });
  network.fit();
  if (nodes.has(start)) choose(start, true);
})();
