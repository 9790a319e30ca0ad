// A page that shows an act and has a passkey sign it.

import { act, find, ready, show, signAndFile } from "./asset:page.js";
import { say } from "./asset:phrases.js";
import { fromBase64url, hex, sha256, utf8 } from "./asset:statement.js";

const { issuer, subject, x, y, rp, origin, id, sealed, uploads, draft } = find("sign").dataset;
const key = { x: fromBase64url(x), y: fromBase64url(y) };

/** What is filed beside the statement: a sealed act, or what is sealed beside a public one. */
async function documents() {
  const text = find("act").textContent;
  if (sealed) return { act: text };
  const part = find("sealed-part")?.textContent;
  if (part === undefined) return {};
  if (JSON.parse(text).sealed_part !== `sha256:${hex(await sha256(utf8(part)))}`) {
    throw new Error(say("What is sealed is not what the act names"));
  }
  return { sealed_part: part };
}

/** What is filed is no draft any more; one that stays goes by itself. */
async function forget() {
  if (!draft) return;
  const body = new URLSearchParams({ draft });
  await fetch("/drafts/delete", { method: "POST", body }).catch(() => {});
}

if (ready({ origin })) {
  find("sign").hidden = false;
  act(find("sign-button"), async () => {
    const statement = await show({ issuer, subject, key, isSealed: Boolean(sealed) });
    // The law was asked about one statement; another is not signed unasked.
    if (hex(statement.id) !== id) {
      throw new Error(say("What this page shows is not what the authority checked"));
    }
    await signAndFile(statement, key, rp, [], await documents(), {
      then: forget,
      hasUploads: Boolean(uploads),
    });
  });
}
