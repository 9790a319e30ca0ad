// Applies for admission with a passkey that is made here.

import { act, find, ready } from "./asset:page.js";
import { here } from "./asset:phrases.js";
import { makePasskey } from "./asset:passkey.js";
import { base64url } from "./asset:statement.js";

const asked = find("apply").dataset;
let made = null;

/** The act with the passkey in the place of nobody's key. */
function application({ x, y }) {
  const admission = JSON.parse(asked.act);
  Object.assign(admission.keys[0].key, { x: base64url(x), y: base64url(y) });
  return JSON.stringify(admission);
}

if (ready(asked)) {
  find("apply").hidden = false;
  act(find("apply-button"), async () => {
    made ??= await makePasskey({
      ...asked,
      user: asked.act,
      name: `${asked.holder}, ${asked.name}`,
    });
    const answer = await fetch("/applications", {
      method: "POST",
      headers: { "Content-Type": "application/json", Accept: "application/json" },
      body: application(made.key),
    });
    const said = await answer.json();
    if (!answer.ok) throw said;
    location.assign(here(said.status));
  });
}
