// What is for a party alone, on its home: read by one signed request and shown here, as text.

import { act, find, ready } from "./asset:page.js";
import { element, read, refuse, reveal, signerOf } from "./asset:request.js";

const form = find("desk");
const { read: path, party } = form.dataset;
const signer = signerOf(form.dataset);

const time = (at) =>
  `${new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "UTC",
  }).format(new Date(at))} UTC`;

const link = (words, href) => {
  const made = element("a", "govuk-link", words);
  made.href = href;
  return made;
};

/** A list of lines with a time each, or a word where there are none. */
function list(id, rows, line) {
  const none = element("p", "govuk-body", "None.");
  const all = element("ol", "c-acts", ...rows.map((row) => element("li", "", ...line(row))));
  find(id).replaceChildren(rows.length > 0 ? all : none);
}

const STATES = {
  open: "Open",
  overdue: "Overdue",
  answered: "Answered",
  "answered-late": "Answered late",
};

const question = (one) => [
  element("time", "", time(one.asked)),
  element(
    "div",
    "c-wrap",
    one.question,
    element("span", "c-interval", `${STATES[one.state]}. On ${one.case}; answer due ${time(one.due)}`),
  ),
  one.answers.length > 0
    ? element("span", "c-small", one.id)
    : link(`Answer ${one.id}`, `/file/answer?party=${party}&question=${one.id}`),
];

const refusal = ({ refusal: one }) => [
  element("time", "", time(one.tick)),
  element(
    "div",
    "c-wrap",
    `${one.act}: ${one.rule} ${one.detail}`,
    element("span", "c-interval", `${one.remedy} (${one.source})`),
  ),
  link("Appeal", `/file/appeal?party=${party}`),
];

const invitation = (one) => [
  element("time", "", `Until ${time(one.until)}`),
  element("div", "c-wrap", `${one.holder}, as ${one.role}`, element("span", "c-interval", one.state)),
  link(one.id, `/acts/${one.id}`),
];

async function show() {
  const answer = await read(path, signer);
  if (!answer.ok) {
    await refuse(answer);
    return;
  }
  const desk = await answer.json();
  list("questions", desk.questions, question);
  list("refusals", desk.refusals, refusal);
  list("invitations", desk.invitations ?? [], invitation);
  if (!desk.invitations) {
    const whose = "Invitations are for administrators; your key is no administrator's.";
    find("invitations").replaceChildren(element("p", "govuk-body", whose));
  }
  reveal("own", "own-heading");
}

if (ready(signer)) {
  form.hidden = false;
  act(find("desk-button"), show);
}
