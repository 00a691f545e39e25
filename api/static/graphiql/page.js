"use strict";

// Opens GraphiQL on an example. A chosen example is in the address, so that it can be sent to a colleague.
(async () => {
  const examples = await (await fetch("/static/graphiql/examples.json")).json();
  const asked = new URLSearchParams(location.search).get("example");
  const chosen = examples.find((example) => example.name === asked);
  const list = document.getElementById("examples");
  const returning = localStorage.getItem("graphiql:tabState") !== null;

  list.append(new Option("选择一个问题……", ""));
  for (const example of examples) {
    list.append(new Option(example.title, example.name));
  }
  list.value = chosen ? chosen.name : returning ? "" : examples[0].name;
  list.addEventListener("change", () => {
    if (list.value) {
      location.search = `?example=${encodeURIComponent(list.value)}`;
    }
  });

  const fetcher = async (params) => {
    const answer = await fetch("/graphql", {
      method: "POST",
      headers: { "content-type": "application/json", accept: "application/graphql-response+json, application/json" },
      body: JSON.stringify(params),
    });
    return answer.json();
  };
  const first = examples[0];
  const options = {
    fetcher,
    defaultEditorToolsVisibility: "variables",
    isHeadersEditorEnabled: false,
    shouldPersistHeaders: false,
    forcedTheme: "light",
    // What a visitor had open stays open; an example that is asked for is added to it
    ...(chosen
      ? { query: chosen.query, variables: chosen.variables }
      : { defaultTabs: [{ query: first.query, variables: first.variables }], defaultQuery: first.query }),
  };
  ReactDOM.createRoot(document.getElementById("graphiql")).render(React.createElement(GraphiQL, options));
  if (chosen || !returning) {
    runOnce();
  }
})().catch((error) => {
  document.getElementById("graphiql").textContent = `打不开：${error.message}。请刷新页面再试。`;
});

// An example shows its answer at once; what a visitor wrote is run by the visitor only.
function runOnce(tries = 50) {
  const button = document.querySelector(".graphiql-execute-button");
  if (button) {
    button.click();
  } else if (tries > 0) {
    setTimeout(() => runOnce(tries - 1), 100);
  }
}
