// Reads one document that is for few: a passkey signs the request (specs/reading.md), and what comes
// back is shown here, as text.

import { act, find, ready } from "./asset:page.js";
import { english, say } from "./asset:phrases.js";
import { element, read as ask, refuse, reveal, signerOf } from "./asset:request.js";

const SHORT = 24;

const { read } = find("read").dataset;
const signer = signerOf(find("read").dataset);

/** A name of the wire as people write it. */
const words = (name) =>
  name.charAt(0).toUpperCase() + name.slice(1).replaceAll("_", " ").replace(/([a-z])([A-Z])/g, "$1 $2");

/** A value as people read it: lists below each other, members by name, nothing as markup. */
function shown(value) {
  if (Array.isArray(value)) {
    if (value.length === 0) return element("p", "govuk-body", say("None."));
    const list = element("ol", "c-said-list");
    list.append(...value.map((one) => element("li", "", shown(one))));
    return list;
  }
  if (value !== null && typeof value === "object") {
    const list = element("dl", "c-facts c-facts--two");
    for (const [name, one] of Object.entries(value)) {
      if (one === null) continue;
      list.append(element("div", "", element("dt", "", english(words(name))), element("dd", "c-wrap", shown(one))));
    }
    return list;
  }
  const text = String(value);
  const made = element("span", /^\S+$/.test(text) && text.length > SHORT ? "c-digest" : "", text);
  made.dir = "auto";
  return made;
}

/** What came: data is shown, and all can be kept. */
async function show(answer) {
  const bytes = await answer.arrayBuffer();
  const body = find("answer-body");
  body.replaceChildren();
  try {
    body.append(shown(JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes))));
  } catch {
    body.append(element("p", "govuk-body", say("It is no text; keep it as a file.")));
  }
  const keep = element("a", "govuk-link", say("Keep it as a file"));
  keep.href = URL.createObjectURL(new Blob([bytes]));
  keep.download = `${read.slice(1).replaceAll("/", "-")}.json`;
  body.append(element("p", "govuk-body", keep));
  reveal("answer", "answer-heading");
}

if (ready(signer)) {
  find("read").hidden = false;
  act(find("read-button"), async () => {
    const answer = await ask(read, signer, find("why").value.trim());
    await (answer.ok ? show(answer) : refuse(answer));
  });
}
