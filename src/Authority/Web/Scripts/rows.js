// The rows of a file of acts, what each would be told, and how they are filed: in parts, each asked
// for again where nobody answered, since one act is never in the log twice.

import { say } from "./asset:phrases.js";

const JUDGED = { rows: 10_000, characters: 4 << 20 };
const FILED = { rows: 200, characters: 2 << 20 };
const PATIENCE = [1, 2, 4, 8, 15, 30];

const wait = (seconds) => new Promise((resolve) => setTimeout(resolve, seconds * 1000));

/** The file is not read: why, and what to do. */
export class Unreadable extends Error {}

/** Lines of JSON, or records of a table, which may have line ends in quotes. */
function split(text, isTable) {
  const records = [];
  const isEmpty = (one) => (isTable ? /^\r?$/.test(one) : one.trim() === "");
  let begun = 0;
  let open = [];
  let quotes = 0;
  for (const [i, one] of text.split("\n").entries()) {
    if (open.length === 0) [begun, quotes] = [i + 1, 0];
    open.push(one);
    quotes += isTable ? one.split('"').length - 1 : 0;
    if (quotes % 2 === 1) continue;
    if (open.length > 1 || !isEmpty(one)) records.push({ line: begun, text: open.join("\n") });
    open = [];
  }
  if (open.length > 0) records.push({ line: begun, text: open.join("\n") });
  return records;
}

/** Reads a file into its records; a table has its first, which names the columns, apart. */
export async function read(file, most) {
  const isTable = /\.csv$/i.test(file.name) || file.type === "text/csv";
  const bytes = await file.arrayBuffer();
  let text;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Unreadable(say("The file is not in UTF-8. Save it in that encoding."));
  }
  const records = split(text, isTable);
  const head = isTable ? records.shift() : null;
  if (records.length === 0) throw new Unreadable(say("The file has no rows."));
  if (records.length > most) {
    throw new Unreadable(
      say(
        "The file has {0} rows; one touch signs {1} at most. Divide it.",
        records.length,
        most,
      ),
    );
  }
  return { head, records };
}

/** Cuts a list into parts of so many items and characters at most. */
function* parts(items, bound, sizeOf) {
  let some = [];
  let size = 0;
  for (const item of items) {
    if (some.length === bound.rows || (some.length > 0 && size + sizeOf(item) > bound.characters)) {
      yield some;
      [some, size] = [[], 0];
    }
    some.push(item);
    size += sizeOf(item);
  }
  if (some.length > 0) yield some;
}

/** Sends a body, and gives each line of the answer as it comes. */
async function send(address, type, body, signal, told) {
  const answer = await fetch(address, {
    method: "POST",
    headers: { "Content-Type": type, Accept: "application/jsonl" },
    body,
    signal,
  });
  if (!answer.ok) {
    const problem = await answer.json();
    throw Object.assign(problem, { after: Number(answer.headers.get("Retry-After")) || 0 });
  }
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop();
      for (const line of lines) told(JSON.parse(line));
    }
  } finally {
    reader.cancel().catch(() => {});
  }
}

const isLate = ({ status }) => status === 429 || status >= 500;

/** Sends until all is answered: waits where it is told to, and where nobody answers. */
async function insist(items, { signal, waits }, deed) {
  let answered = 0;
  for (let tries = 0; answered < items.length; ) {
    const before = answered;
    let after = 0;
    try {
      await deed(items.slice(before), () => {
        answered += 1;
      });
      if (answered < items.length) throw new TypeError();
    } catch (error) {
      if (signal.aborted || !(isLate(error) || error instanceof TypeError)) throw error;
      tries = answered > before ? 0 : tries;
      if (tries === PATIENCE.length && !error.after) throw error;
      after = error.after || PATIENCE[Math.min(tries, PATIENCE.length - 1)];
      tries = Math.min(tries + 1, PATIENCE.length);
    }
    if (after > 0) {
      waits(after);
      await wait(after);
    }
    if (signal.aborted) throw new DOMException("Stopped", "AbortError");
  }
}

/**
 * What each row would be told, in the order of the rows.
 * @param line what ends it (signal), and who is told for how many seconds it waits (waits).
 */
export async function judge({ head, records }, { party, key }, line, told) {
  const query = new URLSearchParams({ party, key });
  const type = head ? "text/csv" : "application/jsonl";
  for (const some of parts(records, JUDGED, (one) => one.text.length)) {
    // What was answered of a part stands; a part that broke off is asked for from there on.
    await insist(some, line, (left, answered) => {
      const lines = [...(head ? [head] : []), ...left].map((one) => one.text);
      let at = 0;
      return send(`/acts/foresee?${query}`, type, lines.join("\n"), line.signal, (row) => {
        told({ ...row, line: left[at].line, record: left[at].text });
        at += 1;
        answered();
      });
    });
  }
}

/**
 * Files rows, which are made one part at a time.
 * @param make the line of a row as it is sent.
 * @param told takes a row and what it was told.
 */
export async function fileAll(rows, make, line, told) {
  for (const some of parts(rows, FILED, (row) => row.text.length)) {
    const lines = new Map();
    for (const row of some) lines.set(row, make(row));
    await insist(some, line, (left, answered) => {
      let at = 0;
      const body = left.map((row) => lines.get(row)).join("\n");
      return send("/acts/bulk", "application/jsonl", body, line.signal, (said) => {
        // What the authority had no time for is sent again.
        if (said.problem && isLate(said.problem)) throw said.problem;
        told(left[at], lines.get(left[at]), said);
        at += 1;
        answered();
      });
    });
  }
}
