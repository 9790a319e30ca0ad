// A page that shows an act and has a passkey sign it.

import { act, find, ready, show, signAndFile } from "./asset:page.js";
import { fromBase64url, hex } from "./asset:statement.js";

const { issuer, subject, x, y, rp, origin, id } = find("sign").dataset;
const key = { x: fromBase64url(x), y: fromBase64url(y) };

if (ready({ origin })) {
  find("sign").hidden = false;
  act(find("sign-button"), async () => {
    const statement = await show({ issuer, subject, key });
    // The law was asked about one statement; another is not signed unasked.
    if (hex(statement.id) !== id) {
      throw new Error("What this page shows is not what the authority checked");
    }
    await signAndFile(statement, key, rp);
  });
}
