// Signed requests (specs/reading.md): a passkey signs one, and what comes back is for who signed.

import { complain, find } from "./asset:page.js";
import { say } from "./asset:phrases.js";
import { base64url, compose, fromBase64url, sign } from "./asset:statement.js";

const READ = "application/concord-read+json";
const POST = "application/concord-post+json";

/** The key and the issuer that a form names. */
export const signerOf = ({ issuer, x, y, rp, origin }) => ({
  issuer,
  rp,
  origin,
  key: { x: fromBase64url(x), y: fromBase64url(y) },
});

/** Has a passkey sign for an address, and asks for it. */
export async function read(path, { issuer, key, rp }, why) {
  const request = { read: path, at: new Date().toISOString(), ...(why && { why }) };
  const statement = await compose({
    issuer,
    subject: "read",
    key,
    act: JSON.stringify(request),
    contentType: READ,
  });
  const signed = await sign(statement, key, rp);
  return fetch(path, {
    headers: { Authorization: `Concord ${base64url(signed)}`, Accept: "application/json" },
    cache: "no-store",
  });
}

/** Has a passkey sign for something to be done, and asks for it. */
export async function post(path, { issuer, key, rp }, said) {
  const statement = await compose({
    issuer,
    subject: "post",
    key,
    act: JSON.stringify({ post: path, at: new Date().toISOString(), said }),
    contentType: POST,
  });
  return fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/cose", Accept: "application/json" },
    body: await sign(statement, key, rp),
  });
}

/** Says what went wrong with an answer that is none. */
export async function refuse(answer) {
  const problem = await answer.json();
  if (answer.status !== 404) throw problem;
  complain(say("There is nothing for you here"), [
    say("Either it does not exist, or it is for others: nobody is told which."),
  ]);
}

/** An element with what is in it: text stays text. */
export function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** Puts the answer where the page has room for it, and leads there. */
export function reveal(section, heading) {
  find(section).hidden = false;
  find(heading).focus();
}
