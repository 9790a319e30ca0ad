// Makes an officer's passkey and gives its public half, which roots put into a key set. Nothing is
// sent anywhere.

import { act, complain, find, ready } from "./asset:page.js";
import { say } from "./asset:phrases.js";
import { base64url, hex, thumbprint } from "./asset:statement.js";
import { makePasskey } from "./asset:passkey.js";

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

const asked = find("officer").dataset;

async function begin() {
  const name = find("name").value.trim();
  if (!NAME.test(name) || name.length > 64) {
    complain(
      say("There is a problem"),
      [say("Write a name in lower-case letters, digits and single hyphens, at most 64")],
      "name",
    );
    return;
  }
  const { key } = await makePasskey({
    rp: asked.rp,
    authority: asked.authority,
    user: `officer/${name}`,
    name: say("Officer {0}", name),
  });
  const half = {
    name,
    x: base64url(key.x),
    y: base64url(key.y),
    rp_id: asked.rp,
    origins: [asked.origin],
  };
  const print = hex(await thumbprint(key));
  const link = find("half");
  link.href = URL.createObjectURL(
    new Blob([`${JSON.stringify(half, null, 2)}\n`], { type: "application/json" }),
  );
  link.download = `${name}.public.json`;
  link.textContent = link.download;
  find("thumbprint").textContent = print;
  find("aloud").textContent = print.match(/.{4}/g).join(" ");
  for (const one of document.querySelectorAll(".js-name")) one.textContent = link.download;
  find("officer").hidden = true;
  find("made").hidden = false;
  find("made-heading").focus();
}

if (ready(asked)) {
  find("officer").hidden = false;
  act(find("officer-button"), begin);
}
