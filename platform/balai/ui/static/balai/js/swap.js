// Shows a page that came by fetch as if the browser had gone there: messages and one-time numbers
// on it are seen once only, so it must not be fetched a second time.
export async function showAnswer(answer, form) {
  // 403 (the form lay open too long) and 429 are kept and sent again, never dropped.
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (answer.status >= 500 || [403, 408, 429].includes(answer.status) || !page.querySelector("main")) throw new Error(`answer ${answer.status}`);
  keepFiles(form, page);
  for (const selector of ["script[src]", "link[rel=stylesheet]"]) addMissing(page, selector);
  document.title = page.title;
  document.body.replaceWith(document.adoptNode(page.body));
  if (answer.redirected) history.pushState({ swapped: true }, "", answer.url);
  window.htmx?.process(document.body);
  scrollTo(0, 0);
  document.dispatchEvent(new CustomEvent("balai:page"));
  (document.querySelector("[data-focus]") ?? document.querySelector("main"))?.focus();
}

// A form that comes back with an error gets its photographs again.
function keepFiles(form, page) {
  for (const input of form.querySelectorAll("input[type=file]")) {
    const fresh = input.name && page.querySelector(`input[type=file][name="${CSS.escape(input.name)}"]`);
    if (fresh && input.files.length) fresh.replaceWith(input);
  }
}

function addMissing(page, selector) {
  const address = (node) => node.getAttribute("src") ?? node.getAttribute("href");
  const known = new Set([...document.querySelectorAll(selector)].map(address));
  for (const node of page.querySelectorAll(selector)) {
    if (known.has(address(node))) continue;
    const fresh = document.createElement(node.localName);
    for (const { name, value } of node.attributes) fresh.setAttribute(name, value);
    document.head.append(fresh);
  }
}

addEventListener("popstate", () => location.reload());
