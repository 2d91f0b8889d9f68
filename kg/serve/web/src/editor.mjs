// The SPARQL editor: Yasqe, the named questions as examples, and answers as tables. All that comes from the graph is put into the
// page as text; nothing is ever read as markup.
import Yasqe from "@zazuko/yasqe";

const MOST_ROWS = 1000;
const endpoint = new URL("/sparql", location.href).href;

const place = document.getElementById("editor");
const space = place.dataset.space; // where the IRIs of the graph's own nodes begin
const answer = make("section", { id: "answer" });
answer.setAttribute("aria-live", "polite");
place.after(answer);

const editor = new Yasqe(place, {
  requestConfig: { endpoint, method: "POST", acceptHeaderSelect: "application/sparql-results+json", acceptHeaderGraph: "text/turtle" },
  autocompleters: ["variables"],
  prefixCcApi: null,
  persistenceId: null,
  consumeShareLink: null,
  createShareableLink: (it) => `${location.origin}/editor#query=${encodeURIComponent(it.getValue())}`,
  resizeable: true,
  editorHeight: "340px",
  value: "SELECT ?paper ?title WHERE {\n  ?paper a kg:Paper ; skos:prefLabel ?title .\n}\nORDER BY ?title\nLIMIT 50\n",
});

editor.on("query", () => show(make("p", {}, "…")));
editor.on("queryResponse", (_, response, milliseconds) => {
  try {
    if (response instanceof Error) return show(failure(response.message));
    const shown = render(response.headers.get("content-type") ?? "", response.content);
    show(make("p", {}, `${shown.summary}, ${milliseconds} ms`), shown.node);
  } catch (error) {
    show(failure(String(error)));
  }
});

await loadQuestions();

async function loadQuestions() {
  const questions = await (await fetch("/api/questions")).json();
  const chooser = document.getElementById("questions");
  chooser.append(make("option", { value: "" }, "choose one …"));
  for (const { name, title } of questions) chooser.append(make("option", { value: name }, title));
  chooser.addEventListener("change", () => choose(questions, chooser.value));
  const wanted = new URLSearchParams(location.search).get("question");
  const shared = new URLSearchParams(location.hash.slice(1)).get("query");
  if (shared) editor.setValue(shared);
  else if (wanted) chooser.value = wanted;
  if (wanted && !shared) choose(questions, wanted);
  document.body.dataset.ready = "yes";
}

function choose(questions, name) {
  const question = questions.find((it) => it.name === name);
  if (!question) return;
  editor.setValue(question.query);
  document.getElementById("about").textContent = question.about;
}

function render(media, content) {
  if (!media.startsWith("application/sparql-results+json")) {
    return { summary: `${content.length.toLocaleString("en")} characters`, node: make("pre", {}, content) };
  }
  const { head, boolean, results } = JSON.parse(content);
  if (boolean !== undefined) return { summary: "answer", node: make("p", { className: "truth" }, String(boolean)) };
  const rows = results.bindings;
  const top = make("tr", {}, ...head.vars.map((name) => make("th", { scope: "col" }, name)));
  const body = rows.slice(0, MOST_ROWS).map((row) => make("tr", {}, ...head.vars.map((name) => make("td", {}, ...term(row[name])))));
  const table = make("table", {}, make("thead", {}, top), make("tbody", {}, ...body));
  const more = rows.length > MOST_ROWS ? `, the first ${MOST_ROWS} shown` : "";
  return { summary: `${rows.length.toLocaleString("en")} rows${more}`, node: make("div", { className: "wide" }, table) };
}

function term(cell) {
  if (!cell) return [];
  if (cell.type !== "uri") return [cell.value];
  if (cell.value.startsWith(space)) {
    const id = cell.value.slice(space.length);
    return [make("a", { href: `/id/${id}` }, id)];
  }
  if (/^https?:\/\//i.test(cell.value)) return [make("a", { href: cell.value, rel: "noreferrer nofollow noopener" }, cell.value)];
  return [cell.value];
}

function failure(message) {
  let text = message;
  try {
    const { title, hint } = JSON.parse(message);
    text = hint ? `${title}\n\n${hint}` : title;
  } catch {
    // plain text already
  }
  return make("pre", { className: "failed" }, text);
}

function show(...nodes) {
  answer.replaceChildren(...nodes);
}

function make(name, attributes, ...children) {
  const element = Object.assign(document.createElement(name), attributes);
  element.append(...children);
  return element;
}
