// Accepts an invitation with a new passkey (specs/invitations.md). The code stays in the browser.

import { act, complain, find, ready, show, signAndFile } from "./asset:page.js";
import { say } from "./asset:phrases.js";
import { makePasskey } from "./asset:passkey.js";
import { base64url, joined, sha256, thumbprint, utf8 } from "./asset:statement.js";

const LETTERS = /^[0-9A-HJKMNP-TV-Z]{26}$/;
const ECDSA = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const P256 = { kty: "EC", crv: "P-256" };

const asked = find("join").dataset;
let made = null;
let statement = null;

/** The private key that a code makes; null: it is not the code of this invitation. */
async function keyOf(code) {
  const letters = code
    .replace(/[-\s]/g, "")
    .toUpperCase()
    .replaceAll("O", "0")
    .replace(/[IL]/g, "1");
  if (!LETTERS.test(letters)) return null;
  const d = base64url(await sha256(utf8(`concord/invitation-code/v1\0${letters}`)));
  const pair = { ...P256, x: asked.codeX, y: asked.codeY };
  try {
    const key = await crypto.subtle.importKey("jwk", { ...pair, d }, ECDSA, false, ["sign"]);
    const open = await crypto.subtle.importKey("jwk", pair, ECDSA, false, ["verify"]);
    // Not every browser looks whether the two halves are of one key.
    const sample = await crypto.subtle.sign(ECDSA, key, utf8(asked.party));
    return (await crypto.subtle.verify(ECDSA, open, sample, utf8(asked.party))) ? key : null;
  } catch {
    return null;
  }
}

/** The act by which a passkey adds itself, in the order of its schema. */
const addKey = ({ x, y }, proof) =>
  JSON.stringify({
    act: "network/add-key/1",
    party: asked.party,
    key: {
      key: {
        ...P256,
        x: base64url(x),
        y: base64url(y),
        kind: "webauthn",
        rp_id: asked.rp,
        origins: [asked.origin],
      },
      holder: asked.holder,
      role: asked.role,
    },
    invitation: { invite: asked.invitation, proof: base64url(proof) },
  });

async function begin() {
  const code = await keyOf(find("code").value);
  if (!code) {
    complain(
      say("There is a problem"),
      [say("This is not the code of this invitation. It has 26 letters and digits.")],
      "code",
    );
    return;
  }
  made ??= await makePasskey({
    ...asked,
    user: asked.invitation,
    name: `${asked.holder}, ${asked.partyName}`,
  });
  const added = joined(utf8("concord/invitation/v1\0"), await thumbprint(made.key));
  const proof = await crypto.subtle.sign(ECDSA, code, added);
  find("code").value = "";
  find("act").textContent = addKey(made.key, proof);
  statement = await show({ issuer: asked.issuer, subject: asked.party, key: made.key });
  find("join").hidden = true;
  find("sign").hidden = false;
  find("check").focus();
}

if (ready(asked)) {
  find("join").hidden = false;
  act(find("join-button"), begin);
  act(find("sign-button"), () => signAndFile(statement, made.key, asked.rp, [made.id]));
}
