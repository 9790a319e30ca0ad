// What is for a party alone, on its home: read by one signed request and shown here, as text.

import { act, appealOf, complain, find, ready } from "./asset:page.js";
import { english, here, phrase, say, time } from "./asset:phrases.js";
import { element, post, read, refuse, reveal, signerOf } from "./asset:request.js";

const form = find("desk");
const { read: path, party } = form.dataset;
const signer = signerOf(form.dataset);

const link = (words, href) => {
  const made = element("a", "govuk-link", words);
  made.href = here(href);
  return made;
};

/** A list of lines with a time each, or a word where there are none. */
function list(id, rows, line) {
  const none = element("p", "govuk-body", say("None."));
  const all = element("ol", "c-acts", ...rows.map((row) => element("li", "", ...line(row))));
  find(id).replaceChildren(rows.length > 0 ? all : none);
}

const STATES = {
  open: phrase("Open. On {0}; answer due {1}"),
  overdue: phrase("Overdue. On {0}; answer due {1}"),
  answered: phrase("Answered. On {0}; answer due {1}"),
  "answered-late": phrase("Answered late. On {0}; answer due {1}"),
};

/** What others wrote, in whichever direction it is read. */
const theirs = (text) => {
  const made = element("span", "", text);
  made.dir = "auto";
  return made;
};

const question = (one) => [
  element("time", "", time(one.asked)),
  element(
    "div",
    "c-wrap",
    theirs(one.question),
    element("span", "c-interval", say(STATES[one.state], one.case, time(one.due))),
  ),
  one.answers.length > 0
    ? element("span", "c-small", one.id)
    : link(say("Answer {0}", one.id), `/file/answer?party=${party}&question=${one.id}`),
];

const refusal = ({ refusal: one, signed }) => [
  element("time", "", time(one.tick)),
  element(
    "div",
    "c-wrap",
    english(`${one.act}: ${one.rule} ${one.detail}`),
    element("span", "c-interval", english(`${one.remedy} (${one.source})`)),
  ),
  appealOf(party, signed, say("Appeal against the refusal of {0}", time(one.tick))),
];

const ROLES = {
  administrator: phrase("administrator"),
  filer: phrase("filer"),
  reader: phrase("reader"),
};

const INVITED = {
  open: phrase("Waits to be accepted"),
  accepted: phrase("Accepted"),
  withdrawn: phrase("Taken back"),
  over: phrase("Over"),
};

const invitation = (one) => [
  element("time", "", say("Until {0}", time(one.until))),
  element(
    "div",
    "c-wrap",
    say("{0}, as {1}", one.holder, say(ROLES[one.role] ?? one.role)),
    element("span", "c-interval", say(INVITED[one.state] ?? one.state)),
  ),
  link(one.id, `/acts/${one.id}`),
];

const notice = (one) => [
  element("time", "", time(one.at)),
  element("div", "c-wrap", english(one.says)),
  link(say("Look"), one.href),
];

const NOW = {
  waits: phrase("Waits for its code"),
  on: phrase("Is told"),
  failing: phrase("Nothing arrives"),
};

let told = [];

/** Where the party is told, each with what can be done about it. */
function channels(rows) {
  told = rows;
  list("channels", told, (one) => {
    const end = element("button", "govuk-button govuk-button--secondary", say("End"));
    end.append(element("span", "govuk-visually-hidden", ` ${one.to}`));
    end.type = "button";
    act(end, async () => {
      const answer = await post(`/parties/${party}/notices/remove`, signer, { channel: one.channel });
      if (!answer.ok) return refuse(answer);
      channels(told.filter((row) => row !== one));
    });
    const state = element("span", "c-interval", say(NOW[one.state]));
    if (one.problem) state.append(": ", english(one.problem));
    const said = element("div", "c-wrap", theirs(one.to), state);
    if (one.state === "waits") said.append(link(say("Give the code"), `/notices/${one.channel}`));
    return [element("span", "", one.kind === "email" ? say("Mail") : say("Webhook")), said, end];
  });
  find("add").hidden = false;
}

async function add() {
  const to = find("to").value.trim();
  const kind = /^https?:/i.test(to) ? "webhook" : "email";
  const answer = await post(`/parties/${party}/notices`, signer, {
    kind,
    to,
    lang: document.documentElement.lang,
  });
  if (!answer.ok) {
    const problem = await answer.json();
    if (problem.where === "$.said.to") complain(english(problem.title), [english(problem.detail)], "to");
    else throw problem;
    return;
  }
  const { channel, secret } = await answer.json();
  find("to").value = "";
  const added = new Date().toISOString();
  channels([...told, { channel, kind, to, state: "waits", added }]);
  find("added").replaceChildren(
    element(
      "p",
      "govuk-body",
      say("A code was sent there. "),
      link(say("Give the code"), `/notices/${channel}`),
    ),
  );
  if (secret) {
    const words = say("The secret that signs what is posted, shown this once: ");
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
    const whose = say("Invitations are for administrators; your key is no administrator's.");
    find("invitations").replaceChildren(element("p", "govuk-body", whose));
  }
  list("notices", desk.notices, notice);
  if (desk.channels) channels(desk.channels);
  else find("channels").replaceChildren(element("p", "govuk-body", say("Readers are not told where.")));
  reveal("own", "own-heading");
}

if (ready(signer)) {
  form.hidden = false;
  act(find("desk-button"), show);
  act(find("add-button"), add);
}
