// Makes a passkey: on P-256, with whoever holds it recognised, found again without a list of ids.

import { pointOf, sha256, utf8 } from "./asset:statement.js";

/**
 * Makes one in the authenticator of whoever is there.
 * @param handle what it is made for; another passkey for the same takes its place.
 * @param name what the browser calls it when it asks which passkey signs.
 */
export async function makePasskey({ rp, authority, handle, name }) {
  const credential = await navigator.credentials.create({
    publicKey: {
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      rp: { id: rp, name: authority },
      user: { id: await sha256(utf8(handle)), name, displayName: name },
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
  if (!point) throw new Error("The passkey is not on the curve P-256");
  return { id: credential.rawId, key: point };
}
