// A statement and a passkey's signature on it, as specs/statements.md and specs/signers.md say.

const ALGORITHM = -70001;
const TYPE = "application/concord-statement+cose";
const JSON_ACT = "application/concord-act+json";
const SHA_256 = -16;
const POINT = 64;
// What stands before the point in the SubjectPublicKeyInfo of a key on P-256 (RFC 5480).
const SPKI_P256 = "3059301306072a8648ce3d020106082a8648ce3d03010703420004";

export const utf8 = (text) => new TextEncoder().encode(text);

export const hex = (bytes) =>
  [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");

export const base64url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");

export const fromBase64url = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

export const sha256 = async (bytes) => new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));

export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function head(major, number) {
  if (number < 24) return Uint8Array.of((major << 5) | number);
  const size = number < 0x100 ? 1 : number < 0x10000 ? 2 : 4;
  const bytes = new Uint8Array(1 + size);
  bytes[0] = (major << 5) | (23 + { 1: 1, 2: 2, 4: 3 }[size]);
  for (let i = 0; i < size; i++) bytes[size - i] = Math.floor(number / 2 ** (8 * i)) & 0xff;
  return bytes;
}

export const integer = (number) => (number < 0 ? head(1, -1 - number) : head(0, number));
export const bytestring = (bytes) => joined(head(2, bytes.length), bytes);
const string = (text) => joined(head(3, utf8(text).length), utf8(text));
export const array = (...items) => joined(head(4, items.length), ...items);
const map = (...items) => joined(head(5, items.length / 2), ...items);

/** The thumbprint of a key on P-256 (RFC 9679), 32 bytes. */
export const thumbprint = ({ x, y }) =>
  sha256(
    map(
      ...[integer(1), integer(2), integer(-1), integer(1)],
      ...[integer(-2), bytestring(x), integer(-3), bytestring(y)],
    ),
  );

/** Composes all of a statement but its signature. */
export async function compose({
  issuer,
  subject,
  key,
  act,
  isSealed = false,
  contentType = JSON_ACT,
}) {
  const document = utf8(act);
  const actDigest = await sha256(document);
  const envelope = isSealed
    ? [integer(258), integer(SHA_256), integer(259), string(JSON_ACT)]
    : [];
  const protectedHeader = map(
    ...[integer(1), integer(ALGORITHM)],
    ...(isSealed ? [] : [integer(3), string(contentType)]),
    ...[integer(4), bytestring(await thumbprint(key))],
    ...[integer(15), map(integer(1), string(issuer), integer(2), string(subject))],
    ...[integer(16), string(TYPE)],
    ...envelope,
  );
  const payload = isSealed ? actDigest : document;
  const structure = array(
    string("Signature1"),
    bytestring(protectedHeader),
    bytestring(new Uint8Array()),
    bytestring(payload),
  );
  return {
    id: await sha256(structure),
    actDigest,
    with: (signature) =>
      joined(
        head(6, 18),
        head(4, 4),
        bytestring(protectedHeader),
        map(),
        bytestring(payload),
        bytestring(signature),
      ),
  };
}

/** The point of a key that a browser made; null: it is not on P-256. */
export function pointOf(spki) {
  const bytes = new Uint8Array(spki);
  const start = bytes.length - POINT;
  if (start < 0 || hex(bytes.slice(0, start)) !== SPKI_P256) return null;
  return { x: bytes.slice(start, start + 32), y: bytes.slice(start + 32) };
}

// r and s as DER has them: a sequence of two integers, with a zero before a high bit.
function fromDer(der) {
  const bytes = new Uint8Array(der);
  const fixed = new Uint8Array(POINT);
  let at = 2;
  for (const end of [32, 64]) {
    const length = bytes[at + 1];
    const number = bytes.slice(at + 2, at + 2 + length);
    const significant = number[0] === 0 ? number.slice(1) : number;
    fixed.set(significant, end - significant.length);
    at += 2 + length;
  }
  return fixed;
}

async function isOf(key, signed, signature) {
  const point = joined(Uint8Array.of(4), key.x, key.y);
  const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
  const imported = await crypto.subtle.importKey("raw", point, algorithm, false, ["verify"]);
  return crypto.subtle.verify(algorithm, imported, signature, signed);
}

/** Somebody signed with another passkey than the one that is asked for. */
export class OtherPasskey extends Error {}

/** Has a passkey answer a challenge: authenticatorData, clientDataJSON, r and s, each encoded. */
export async function answer(challenge, key, relyingParty, credentials = []) {
  const { response } = await navigator.credentials.get({
    publicKey: {
      challenge,
      rpId: relyingParty,
      userVerification: "required",
      allowCredentials: credentials.map((id) => ({ type: "public-key", id })),
    },
  });
  const authenticatorData = new Uint8Array(response.authenticatorData);
  const client = new Uint8Array(response.clientDataJSON);
  const signature = fromDer(response.signature);
  if (!(await isOf(key, joined(authenticatorData, await sha256(client)), signature))) {
    throw new OtherPasskey();
  }
  return [bytestring(authenticatorData), bytestring(client), bytestring(signature)];
}

/**
 * Has a passkey answer the challenge of a statement.
 * @returns the whole statement, ready to be filed.
 */
export async function sign(statement, key, relyingParty, credentials = []) {
  const challenge = await sha256(joined(utf8("concord/statement/v1\0"), statement.id));
  return statement.with(array(...(await answer(challenge, key, relyingParty, credentials))));
}

/**
 * Files a statement; where it is not taken, the problem (RFC 9457) is thrown.
 * @param documents what is sealed, by the name of its part: act, sealed_part.
 * @param hasUploads whether files hang on it, which were sent before.
 */
export async function file(statement, documents = {}, hasUploads = false) {
  const parts = Object.entries(documents);
  const headers = { Accept: "application/json" };
  let body = statement;
  if (parts.length > 0) {
    body = new FormData();
    body.append("statement", new Blob([statement]));
    for (const [name, text] of parts) body.append(name, new Blob([utf8(text)]));
  } else {
    headers["Content-Type"] = "application/cose";
  }
  const answer = await fetch(hasUploads ? "/acts?uploads=true" : "/acts", { method: "POST", headers, body });
  const said = await answer.json();
  if (!answer.ok) throw said;
  return said;
}
