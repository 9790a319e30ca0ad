// Files many acts out of a file: each row is judged before anything is signed, one touch of a
// passkey signs all that can be filed, and they are sent in parts. Who breaks off gives the same
// file again.

import { act, complain, find, ready } from "./asset:page.js";
import { each, rootOf, signAll, treeOf } from "./asset:batch.js";
import { compose, fromBase64url, hex } from "./asset:statement.js";
import { counted, english, number, phrase, say } from "./asset:phrases.js";
import { Unreadable, fileAll, judge, read } from "./asset:rows.js";

const ROWS_MOST = 1 << 17;
const BYTES_MOST = 64 << 20;
const SHOWN = 25;
const IN_WORDS = 10;
const SAYS = {
  admitted: phrase("Can be filed"),
  unjudged: phrase("Can be filed: it is judged when you have signed"),
  filed: phrase("In the log already"),
  repeated: phrase("The same as a row before it"),
  refused: phrase("Refused"),
  unread: phrase("No act"),
};

const asked = find("bulk").dataset;
const key = { x: fromBase64url(asked.x), y: fromBase64url(asked.y) };

let rows = [];
let batch = null;
let stop = null;
let shown = 0;

function element(name, text, more = {}) {
  const one = document.createElement(name);
  if (text !== undefined) one.append(text);
  return Object.assign(one, more);
}

function download(link, parts, name) {
  if (link.href.startsWith("blob:")) URL.revokeObjectURL(link.href);
  link.href = URL.createObjectURL(new Blob(parts, { type: "application/jsonl" }));
  link.download = name;
}

function work(says, most) {
  find("said").textContent = says;
  find("progress").max = Math.max(most, 1);
  find("progress").value = 0;
  for (const id of ["judged", "sign", "done", "again"]) find(id).hidden = true;
  find("working").hidden = false;
}

function progress(now, says) {
  find("progress").value = now;
  if (says) find("said").textContent = says;
}

/** The line to the authority: what ends it, and what is said while it does not answer. */
const line = () => ({
  signal: stop.signal,
  waits: (seconds) =>
    progress(find("progress").value, say("No answer yet. Asked again in {0} s.", seconds)),
});

const isWrong = (row) => row.verdict === "refused" || row.verdict === "unread";
const isLeft = (row) => row.verdict === "admitted" || row.verdict === "unjudged";

/** What is wrong, in words: what happened, and for an act of the law the rule and what to do. */
function words({ verdict, problem }) {
  if (!problem) return "";
  const where = problem.where && problem.where !== "$" ? `${problem.where}: ` : "";
  const detail = `${where}${problem.detail}`.replace(/[.]?$/, ".");
  if (verdict === "unread") return detail;
  return [detail, problem.rule, problem.remedy].filter(Boolean).join(" ");
}

function listed() {
  return find("which").value === "wrong" ? rows.filter(isWrong) : rows;
}

function list(from = 0) {
  const all = listed();
  shown = Math.min(Math.max(from, 0), Math.max(all.length - 1, 0));
  shown -= shown % SHOWN;
  const some = all.slice(shown, shown + SHOWN);
  find("rows-body").replaceChildren(
    ...some.map((row) => {
      const line = element("tr");
      const said = element("td", `${say(SAYS[row.verdict] ?? row.verdict)}. `);
      said.append(english(words(row) || row.says || ""));
      line.append(element("th", number(row.line), { scope: "row", className: "c-narrow" }), said);
      return line;
    }),
  );
  find("shown").textContent =
    all.length === 0
      ? say("No such row.")
      : say("Rows {0} to {1} of {2}.", shown + 1, shown + some.length, all.length);
  find("earlier").hidden = shown === 0;
  find("later").hidden = shown + SHOWN >= all.length;
}

function tally(of) {
  const found = new Map();
  for (const row of rows) found.set(of(row), (found.get(of(row)) ?? 0) + 1);
  return found;
}

/** A row of JSON is signed as it stands in the file; what differs is not signed. */
function isOfFile(row) {
  const isTable = find("rows").dataset.table === "yes";
  return isTable || [row.text, row.sealed_part ?? ""].every((one) => row.record.includes(one));
}

async function composed(left) {
  const made = await each(
    left,
    async (row) => {
      const { subject, text: document, sealed } = row;
      const one = await compose({
        ...{ issuer: asked.issuer, subject, key, act: document },
        isSealed: Boolean(sealed),
      });
      if (hex(one.id) !== row.id || !isOfFile(row)) {
        throw new Error(say("What the authority judged is not what stands in line {0}", row.line));
      }
      return one;
    },
    (now) =>
      progress(now, say("Computing what would be signed: {0} of {1}", now, left.length)),
  );
  const tree = await treeOf(made.map((one) => one.id));
  return { left, made, tree };
}

/** The rows as a file, which the command line reads too. */
const kept = ({ text, sealed_part: part }) =>
  `${part ? `{"act":${text},"sealed_part":${part}}` : text}\n`;

function offer() {
  const { left, tree } = batch;
  const kinds = new Map();
  for (const { act: name, does } of left) {
    kinds.set(name, { does, many: (kinds.get(name)?.many ?? 0) + 1 });
  }
  find("kinds").replaceChildren(
    ...[...kinds].map(([name, { does, many }]) => {
      const line = element("tr");
      const kind = element("th", name, { scope: "row" });
      kind.append(element("span", english(does), { className: "c-table__sub" }));
      line.append(kind, element("td", number(many), { className: "c-r" }));
      return line;
    }),
  );
  find("first").replaceChildren(
    ...left.slice(0, IN_WORDS).map((row) => {
      const one = element("li", say("Line {0}: ", row.line));
      one.append(english(`${row.says ?? row.does}.`));
      return one;
    }),
  );
  find("more").textContent =
    left.length > IN_WORDS ? say("And {0} more, in the file below.", left.length - IN_WORDS) : "";
  find("root").textContent = hex(rootOf(tree));
  find("many").textContent = number(left.length);
  find("sign-button").textContent =
    counted(left.length, "Sign with passkey: file {0} act", "Sign with passkey: file {0} acts");
  // Made when it is asked for: the rows are in memory once.
  find("kept").onclick = () => download(find("kept"), left.map(kept), "signed.jsonl");
  find("sign").hidden = false;
}

function report() {
  const found = tally((row) => row.verdict);
  find("counts").replaceChildren(
    ...Object.keys(SAYS)
      .filter((word) => found.has(word))
      .map((word) => {
        const line = element("div");
        line.append(element("dt", say(SAYS[word])), element("dd", number(found.get(word))));
        return line;
      }),
  );
  const wrong = rows.filter(isWrong).length;
  find("which").value = wrong > 0 ? "wrong" : "all";
  list();
  find("judged-heading").textContent =
    wrong > 0
      ? counted(wrong, "{0} of {1} rows is wrong", "{0} of {1} rows are wrong", rows.length)
      : counted(rows.length, "The row can be filed or is", "All {0} rows can be filed or are");
  find("judged").hidden = false;
}

async function check() {
  const [file] = find("rows").files;
  if (!file) return;
  [rows, batch] = [[], null];
  if (file.size > BYTES_MOST) {
    throw new Unreadable(say("The file is larger than {0} MiB. Divide it.", BYTES_MOST >> 20));
  }
  stop = new AbortController();
  work(say("Reading the file"), 1);
  const given = await read(file, ROWS_MOST);
  find("rows").dataset.table = given.head ? "yes" : "";
  const many = given.records.length;
  work(say("Asking the law"), many);
  await judge(given, asked, line(), (row) => {
    rows.push(row);
    if (rows.length % 100 === 0) {
      progress(rows.length, say("Asking the law: {0} of {1} rows", rows.length, many));
    }
  });
  const left = rows.filter(isLeft);
  if (left.length > 0) batch = await composed(left);
  find("working").hidden = true;
  report();
  if (batch) offer();
  find("judged-heading").focus();
}

function base64(bytes) {
  let text = "";
  for (let at = 0; at < bytes.length; at += 0x8000) {
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(text);
}

function finish() {
  const { receipts, told } = batch;
  find("working").hidden = true;
  find("done-heading").textContent =
    told.size === batch.left.length ? say("All is sent") : say("Not all is sent");
  const found = new Map();
  for (const [, said] of told) found.set(said.verdict, (found.get(said.verdict) ?? 0) + 1);
  const filed = (found.get("filed") ?? 0) + (found.get("duplicate") ?? 0);
  const refused = told.size - filed;
  const all = batch.left.length;
  const says = [
    counted(filed, "{0} of {1} acts is in the log.", "{0} of {1} acts are in the log.", all),
  ];
  if (refused > 0) {
    says.push(
      counted(
        refused,
        "{0} was refused; its row above says why.",
        "{0} were refused; the rows above say why.",
      ),
    );
  }
  find("done-says").textContent = says.join(" ");
  download(find("receipts"), receipts, "receipts.jsonl");
  find("done").hidden = false;
  find("again").hidden = told.size === batch.left.length;
  for (const [row, said] of told) {
    row.verdict = said.problem ? "refused" : "filed";
    row.problem = said.problem;
  }
  report();
  find("done-heading").focus();
}

/** Files what is not answered yet; the answers are kept as they come. */
async function go() {
  const { left, made, with: whole, told } = batch;
  const place = new Map(left.map((row, i) => [row, i]));
  const missing = left.filter((row) => !told.has(row));
  stop = new AbortController();
  work(say("Filing: {0} of {1}", told.size, left.length), left.length);
  const make = (row) => {
    const encode = (text) => base64(new TextEncoder().encode(text));
    const sent = { statement: base64(whole(made[place.get(row)], place.get(row))) };
    if (row.sealed) sent.act = encode(row.text);
    if (row.sealed_part) sent.sealed_part = encode(row.sealed_part);
    return JSON.stringify(sent);
  };
  try {
    await fileAll(missing, make, line(), (row, sent, said) => {
      told.set(row, { verdict: said.verdict, problem: said.problem });
      if (!said.problem) {
        const { statement } = JSON.parse(sent);
        const { row: _, ...answer } = said;
        const digest = `sha256:${hex(made[place.get(row)].actDigest)}`;
        const kept = JSON.stringify({ act_digest: digest, statement, ...answer });
        batch.receipts.push(new Blob([`${kept}\n`]));
      }
      progress(told.size, say("Filing: {0} of {1}", told.size, left.length));
    });
  } finally {
    finish();
  }
}

/** Puts the page back where something can be done, whatever went wrong. */
async function guarded(deed) {
  try {
    await deed();
  } catch (error) {
    find("working").hidden = true;
    if (stop?.signal.aborted) return;
    if (error instanceof Unreadable) {
      complain(say("There is a problem"), [error.message], "rows");
      return;
    }
    throw error;
  } finally {
    stop = null;
  }
}

if (ready(asked)) {
  find("bulk").hidden = false;
  act(find("check-button"), () => guarded(check));
  act(find("sign-button"), () =>
    guarded(async () => {
      batch.with ??= await signAll(batch.tree, key, asked.rp);
      [batch.told, batch.receipts] = [batch.told ?? new Map(), batch.receipts ?? []];
      await go();
    }),
  );
  act(find("again-button"), () => guarded(go));
  find("stop").addEventListener("click", () => stop?.abort());
  find("earlier").addEventListener("click", () => list(shown - SHOWN));
  find("later").addEventListener("click", () => list(shown + SHOWN));
  find("which").addEventListener("change", () => list());
}
