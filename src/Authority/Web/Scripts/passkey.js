// Makes a passkey: on P-256, kept in the authenticator, its user recognised.

import { say } from "./asset:phrases.js";
import { pointOf, sha256, utf8 } from "./asset:statement.js";

/**
 * @param user what tells the passkey from others: an id that is digested, and a name for people.
 * @returns the id of the credential and its point.
 */
export async function makePasskey({ rp, authority, user, name }) {
  const credential = await navigator.credentials.create({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      rp: { id: rp, name: authority },
      user: { id: await sha256(utf8(user)), name, displayName: name },
      pubKeyCredParams: [{ type: "public-key", alg: -7 }],
      authenticatorSelection: {
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
      attestation: "none",
    },
  });
  const point = pointOf(credential.response.getPublicKey());
  if (!point) throw new Error(say("The passkey is not on the curve P-256"));
  return { id: credential.rawId, key: point };
}
