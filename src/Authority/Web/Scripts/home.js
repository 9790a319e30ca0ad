// What is for a party alone, on its home: read by one signed request and shown here, as text.

import { act, appealOf, complain, find, ready } from "./asset:page.js";
import { element, post, read, refuse, reveal, signerOf } from "./asset:request.js";

const form = find("desk");
const { read: path, party } = form.dataset;
const signer = signerOf(form.dataset);

const time = (at) =>
  new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: "UTC",
  }).format(new Date(at));

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

const refusal = ({ refusal: one, signed }) => [
  element("time", "", time(one.tick)),
  element(
    "div",
    "c-wrap",
    `${one.act}: ${one.rule} ${one.detail}`,
    element("span", "c-interval", `${one.remedy} (${one.source})`),
  ),
  appealOf(party, signed, `the refusal of ${time(one.tick)}`),
];

const invitation = (one) => [
  element("time", "", `Until ${time(one.until)}`),
  element("div", "c-wrap", `${one.holder}, as ${one.role}`, element("span", "c-interval", one.state)),
  link(one.id, `/acts/${one.id}`),
];

const notice = (one) => [
  element("time", "", time(one.at)),
  element("div", "c-wrap", one.says),
  link("Look", one.href),
];

const NOW = { waits: "Waits for its code", on: "Is told", failing: "Nothing arrives" };

let told = [];

/** Where the party is told, each with what can be done about it. */
function channels(rows) {
  told = rows;
  list("channels", told, (one) => {
    const end = element("button", "govuk-button govuk-button--secondary", "End");
    end.append(element("span", "govuk-visually-hidden", ` ${one.to}`));
    end.type = "button";
    act(end, async () => {
      const answer = await post(`/parties/${party}/notices/remove`, signer, { channel: one.channel });
      if (!answer.ok) return refuse(answer);
      channels(told.filter((row) => row !== one));
    });
    const state = `${NOW[one.state]}${one.problem ? `: ${one.problem}` : ""}`;
    const said = element("div", "c-wrap", one.to, element("span", "c-interval", state));
    if (one.state === "waits") said.append(link("Give the code", `/notices/${one.channel}`));
    return [element("span", "", one.kind === "email" ? "Mail" : "Webhook"), said, end];
  });
  find("add").hidden = false;
}

async function add() {
  const to = find("to").value.trim();
  const kind = /^https?:/i.test(to) ? "webhook" : "email";
  const answer = await post(`/parties/${party}/notices`, signer, { kind, to });
  if (!answer.ok) {
    const problem = await answer.json();
    if (problem.where === "$.said.to") complain(problem.title, [problem.detail], "to");
    else throw problem;
    return;
  }
  const { channel, secret } = await answer.json();
  find("to").value = "";
  const added = new Date().toISOString();
  channels([...told, { channel, kind, to, state: "waits", added }]);
  find("added").replaceChildren(
    element("p", "govuk-body", "A code was sent there. ", link("Give the code", `/notices/${channel}`)),
  );
  if (secret) {
    const words = "The secret that signs what is posted, shown this once: ";
    find("added").append(element("p", "govuk-body c-wrap", words, element("code", "", secret)));
  }
  find("added").focus();
}

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
  list("notices", desk.notices, notice);
  if (desk.channels) channels(desk.channels);
  else find("channels").replaceChildren(element("p", "govuk-body", "Readers are not told where."));
  reveal("own", "own-heading");
}

if (ready(signer)) {
  form.hidden = false;
  act(find("desk-button"), show);
  act(find("add-button"), add);
}
