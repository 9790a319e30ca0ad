// What the pages that sign have in common: what is shown, and what went wrong.

import { english, here, say } from "./asset:phrases.js";
import { OtherPasskey, compose, file, hex, sign } from "./asset:statement.js";

export const find = (id) => document.getElementById(id);

function paragraph(line) {
  const one = document.createElement("p");
  one.append(line);
  return one;
}

// A line stands above the form and beside its field.
const copy = (line) => (line instanceof Node ? line.cloneNode(true) : line);

/**
 * Shows what went wrong above the form, and beside the field that it is about.
 * @param title the heading, and
 * @param lines what is said below it: texts, or elements.
 */
export function complain(title, lines, field) {
  clear();
  const summary = find("trouble");
  summary.querySelector("h2").replaceChildren(title);
  const body = summary.querySelector(".govuk-error-summary__body");
  const link = field && document.createElement("a");
  if (link) {
    link.href = `#${field}`;
    link.append(lines[0]);
    const list = document.createElement("ul");
    list.className = "govuk-list govuk-error-summary__list";
    list.append(document.createElement("li"));
    list.firstChild.append(link);
    body.replaceChildren(list, ...lines.slice(1).map(paragraph));
    const message = find(`${field}-error`);
    message.replaceChildren(copy(lines[0]));
    message.hidden = false;
    const input = find(field);
    input.classList.add("govuk-input--error");
    input.closest(".govuk-form-group").classList.add("govuk-form-group--error");
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", `${field}-hint ${field}-error`);
  } else {
    body.replaceChildren(...lines.map(paragraph));
  }
  summary.hidden = false;
  summary.focus();
}

/** Takes back what was said to be wrong. */
export function clear() {
  find("trouble").hidden = true;
  for (const input of document.querySelectorAll("[aria-invalid]")) {
    input.classList.remove("govuk-input--error");
    input.closest(".govuk-form-group").classList.remove("govuk-form-group--error");
    input.removeAttribute("aria-invalid");
    input.setAttribute("aria-describedby", `${input.id}-hint`);
    find(`${input.id}-error`).hidden = true;
  }
}

function ruleOf({ rule, source }) {
  const line = document.createElement("span");
  line.append(say("Rule: "), english(source ? `${rule} (${source})` : rule));
  return line;
}

/** What can be said of an error: what happened, the rule, what to do. */
function explain(error) {
  if (error instanceof OtherPasskey) {
    return [
      say("Another passkey signed"),
      [
        say("The passkey that you chose is not the one that this act names. Nothing was filed."),
        say("Sign again and choose the other, or go back and say which passkey signs."),
      ],
    ];
  }
  if (error.title && error.detail) {
    const detail = english(`${error.detail}.`.replace(/\.\.$/, "."));
    const lines = error.rule ? [detail, ruleOf(error)] : [detail];
    if (error.remedy) lines.push(english(error.remedy));
    return [english(error.title), lines];
  }
  if (error.name === "NotAllowedError") {
    return [
      say("No passkey signed"),
      [
        say(
          "The browser was closed, waited too long, or found no passkey that knows who you are. "
            + "Nothing was filed.",
        ),
        say("Try again. The passkey must ask for your PIN, finger or face."),
      ],
    ];
  }
  if (error instanceof TypeError) {
    return [
      say("The authority did not answer"),
      [
        say(
          "Whether the act was filed is not known. Sign again: one act is never in the log twice.",
        ),
      ],
    ];
  }
  // What a browser says of itself is in its own language, and named.
  const what = error.name === "Error" ? error.message : `${error.name}: ${error.message}`;
  return [say("It could not be signed"), [what, say("Nothing was filed.")]];
}

/**
 * A button that goes on to the appeal of a party against a refusal. The refusal is for the party
 * alone, so it goes in the body of a request.
 * @param signed the signed refusal, base64.
 * @param words what the button says.
 */
export function appealOf(party, signed, words = say("Appeal against this refusal")) {
  const form = document.createElement("form");
  form.action = here("/file/appeal");
  form.method = "post";
  const refusal = signed.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  for (const [name, value] of Object.entries({ party, refusal })) {
    const input = document.createElement("input");
    Object.assign(input, { type: "hidden", name, value });
    form.append(input);
  }
  const button = document.createElement("button");
  button.className = "govuk-button govuk-button--secondary";
  button.textContent = words;
  form.append(button);
  return form;
}

/** A refusal is signed: whoever appeals against it shows it. */
function offerRefusal(signed) {
  const link = document.createElement("a");
  link.className = "govuk-link";
  link.textContent = say("Keep the signed refusal");
  const bytes = Uint8Array.from(atob(signed), (c) => c.charCodeAt(0));
  offer(link, "refusal.cose", bytes, "application/cose");
  const line = document.createElement("p");
  line.append(link);
  const body = find("trouble").querySelector(".govuk-error-summary__body");
  body.append(line);
  const [, speaker] = find("sign")?.dataset.issuer?.split("#") ?? [];
  if (speaker?.startsWith("P-")) body.append(appealOf(speaker, signed));
}

/** Does what a button is for, once at a time, and shows what went wrong. */
export function act(button, deed) {
  button.addEventListener("click", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    clear();
    try {
      await deed();
    } catch (error) {
      complain(...explain(error));
      if (error.refusal) offerRefusal(error.refusal);
    } finally {
      button.removeAttribute("aria-disabled");
    }
  });
}

/** Whether passkeys can be used here; what stands in for them goes, or says why they cannot. */
export function ready({ origin }) {
  if (!window.PublicKeyCredential || !window.crypto?.subtle) {
    find("without-why").textContent = say("This browser has no passkeys.");
    return false;
  }
  if (location.origin !== origin) {
    find("without-why").textContent = say("Passkeys of this authority sign at {0} alone.", origin);
    return false;
  }
  find("without").hidden = true;
  return true;
}

/**
 * What is shown is what is signed: the text of the page, byte for byte, and the digests beside it
 * made from that text here.
 */
export async function show({ issuer, subject, key, isSealed }) {
  const act = find("act").textContent;
  const statement = await compose({ issuer, subject, key, act, isSealed });
  find("act-digest").textContent = `sha256:${hex(statement.actDigest)}`;
  find("statement-id").textContent = `sha256:${hex(statement.id)}`;
  return statement;
}

/** A document that the reader saves: nothing is asked of the server for it. */
function offer(link, name, content, type) {
  link.href = URL.createObjectURL(new Blob([content], { type }));
  link.download = name;
}

/** Signs what is shown, files it, and goes on to its receipt; what is sealed is kept first. */
export async function signAndFile(
  statement,
  key,
  relyingParty,
  credentials,
  documents = {},
  { then = async () => {}, hasUploads = false } = {},
) {
  const signed = await sign(statement, key, relyingParty, credentials);
  const filed = await file(signed, documents, hasUploads);
  await then();
  const receipt = here(`/acts/${encodeURIComponent(filed.id)}?filed=true`);
  const [kept] = Object.entries(documents);
  if (!kept) {
    location.assign(receipt);
    return;
  }
  const ending = kept[0] === "act" ? "act.json" : "sealed.json";
  offer(find("keep"), `${filed.id}.${ending}`, kept[1], "application/json");
  find("receipt").href = receipt;
  find("receipt").textContent = say("The receipt of {0}", filed.id);
  for (const over of ["before", "sign"]) find(over).hidden = true;
  find("kept").hidden = false;
  find("heading").textContent = say("Filed");
  document.title = document.title.replace(/^[^–]*/, `${say("Filed")} `);
  find("heading").focus();
}
