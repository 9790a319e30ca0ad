// Sends files that are to hang on an act before it is filed: digested here with random bytes
// before them, then in parts, and on from where it broke off.

import { phrase, say } from "./asset:phrases.js";
import { hex, joined, sha256 } from "./asset:statement.js";

const SALT = 16;
const PART = 256 << 10;
const MOST = 16;
const EACH = (8 << 20) - SALT;
const WAITS = [1000, 2000, 4000, 8000];
const LATER = [404, 409, 429, 500, 502, 503, 504];

const find = (id) => document.getElementById(id);
const box = find("attach");
const lines = find("attach-lines");
const list = find("attach-files");
const place = `/parties/${box.dataset.party}/uploads`;
// What this tab sends, so that it goes on after a reload: gone with the tab, and when it is filed.
const kept = `attached:${box.dataset.party}:${location.pathname}`;

/** Each: digest, type, readers, name, whole, row; if this tab sent it, salt; meanwhile bytes. */
let files = [];

class Refused extends Error {}

const announce = (text) => {
  find("attach-said").textContent = text;
};

const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));

const base64 = (bytes) => btoa(String.fromCharCode(...bytes));

const digits = (text) => Uint8Array.from(text.match(/../g), (pair) => parseInt(pair, 16));

function save() {
  lines.value = files
    .map((file) => `${file.digest} ${file.type} ${file.readers} ${file.name}`)
    .join("\n");
  const sent = files.filter((file) => file.salt);
  const told = sent.map(({ bytes, row, isGone, ...rest }) => rest);
  if (told.length > 0) sessionStorage.setItem(kept, JSON.stringify(told));
  else sessionStorage.removeItem(kept);
}

function tell(file, text, share) {
  const bar = file.row.querySelector("progress");
  bar.hidden = share === undefined;
  if (share !== undefined) bar.value = share;
  file.row.querySelector(".c-interval").textContent = text;
}

const SENDING = {
  authorities: phrase("is being sent, for the authorities alone"),
  parties: phrase("is being sent, for the parties and the authorities"),
  public: phrase("is being sent, for everybody, for good"),
};

const SENT = {
  authorities: phrase("is sent, for the authorities alone"),
  parties: phrase("is sent, for the parties and the authorities"),
  public: phrase("is sent, for everybody, for good"),
};

function show(file) {
  const row = document.createElement("li");
  const name = document.createElement("strong");
  name.dir = "auto";
  name.textContent = file.name;
  const said = document.createElement("span");
  said.className = "c-interval";
  const bar = document.createElement("progress");
  bar.className = "c-progress";
  bar.max = 1;
  bar.setAttribute("aria-label", say("How much of {0} is sent", file.name));
  bar.hidden = true;
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "govuk-button govuk-button--secondary";
  remove.textContent = say("Remove {0}", file.name);
  remove.addEventListener("click", () => drop(file));
  row.append(name, said, bar, remove);
  file.row = row;
  list.append(row);
}

function drop(file) {
  file.isGone = true;
  files = files.filter((one) => one !== file);
  file.row.remove();
  save();
  fetch(`${place}/${file.digest}`, { method: "DELETE" }).catch(() => {});
  announce(say("{0} is removed.", file.name));
  find("attach-chosen").focus();
}

/** Asks, and gives how many bytes are here; what cannot become better is thrown as refused. */
async function ask(path, init) {
  const headers = { Accept: "application/json", ...init.headers };
  const answer = await fetch(path, { ...init, headers });
  const offset = Number(answer.headers.get("Upload-Offset"));
  // A body that is left unread counts as broken off.
  const said = await answer.text();
  if (answer.ok) return offset;
  const problem = JSON.parse(said);
  if (LATER.includes(answer.status)) throw new Error(problem.detail);
  throw new Refused(problem.detail);
}

const begin = (file) =>
  ask(place, {
    method: "POST",
    headers: {
      "Repr-Digest": `sha-256=:${base64(digits(file.digest))}:`,
      "Upload-Length": `${file.bytes.length}`,
    },
  });

const append = (file, at) =>
  ask(`${place}/${file.digest}`, {
    method: "PATCH",
    headers: { "Content-Type": "application/offset+octet-stream", "Upload-Offset": `${at}` },
    body: file.bytes.slice(at, at + PART),
  });

async function send(file) {
  for (let faults = 0; !file.isGone; faults++) {
    try {
      let at = await begin(file);
      while (at < file.bytes.length && !file.isGone) {
        tell(file, say(SENDING[file.readers]), at / file.bytes.length);
        at = await append(file, at);
        faults = 0;
      }
      if (file.isGone) return;
      file.whole = true;
      tell(file, say(SENT[file.readers]));
      return;
    } catch (error) {
      if (error instanceof Refused) throw error;
      const wait = WAITS[Math.min(faults, WAITS.length - 1)];
      tell(file, say("broke off: {0} s, then it goes on from where it was", wait / 1000));
      await pause(wait);
    }
  }
}

/** Random bytes, what they make of a file, and its digest. */
async function salted(salt, content) {
  const bytes = joined(salt, content);
  return { salt: hex(salt), bytes, digest: hex(await sha256(bytes)) };
}

/** The row of a file: the very file that broke off goes on, any other gets bytes of its own. */
async function take(chosen) {
  const name = chosen.name.normalize("NFC").replace(/\s+/g, " ").trim().slice(0, 120);
  const content = new Uint8Array(await chosen.arrayBuffer());
  const before = files.find((one) => one.name === name && !one.whole && !one.bytes);
  if (before?.salt) {
    const again = await salted(digits(before.salt), content);
    if (again.digest === before.digest) return Object.assign(before, again);
  }
  // It is chosen in the place of one that is not here any more.
  if (before) drop(before);
  const file = {
    ...(await salted(crypto.getRandomValues(new Uint8Array(SALT)), content)),
    type: chosen.type.split(";")[0] || "application/octet-stream",
    readers: find("attach-readers").value,
    name,
    whole: false,
  };
  files.push(file);
  show(file);
  return file;
}

async function add(chosen) {
  for (const one of chosen) {
    if (files.length >= MOST) {
      announce(say("At most {0} files hang on an act. {1} is not added.", MOST, one.name));
      return;
    }
    if (one.size === 0 || one.size > EACH) {
      announce(
        one.size
          ? say("{0} has more than 8 MB and is not added.", one.name)
          : say("{0} is empty and is not added.", one.name),
      );
      continue;
    }
    let file = null;
    try {
      file = await take(one);
      save();
      await send(file);
      save();
      if (!file.isGone) announce(say("{0} is sent.", file.name));
    } catch (error) {
      if (file) tell(file, say("was not taken: {0}. Remove it", error.message));
      announce(say("{0} is not sent.", one.name));
    }
    if (file) delete file.bytes;
  }
}

/** What the form has, and after a reload what this tab had begun to send. */
async function resume() {
  for (const line of lines.value.split("\n").filter(Boolean)) {
    const [digest, type, readers, ...name] = line.split(" ");
    files.push({ digest, type, readers, name: name.join(" "), whole: false });
  }
  const [load] = performance.getEntriesByType("navigation");
  if (load?.type !== "navigate") {
    for (const file of JSON.parse(sessionStorage.getItem(kept) ?? "[]")) {
      const known = files.find((one) => one.digest === file.digest);
      if (known) Object.assign(known, file);
      else files.push(file);
    }
  }
  for (const file of [...files]) {
    show(file);
    const answer = await fetch(`${place}/${file.digest}`, { method: "HEAD" }).catch(() => null);
    await answer?.text();
    const [at, length] = ["Upload-Offset", "Upload-Length"].map((name) =>
      Number(answer?.headers.get(name)),
    );
    file.whole = Boolean(answer?.ok) && at === length;
    if (file.whole) tell(file, say(SENT[file.readers]));
    else if (answer?.ok) tell(file, say("broke off: choose it again, and it goes on"), at / length);
    else tell(file, say("is not here any more: choose it again, or remove it"));
  }
  save();
}

let work = resume();
const give = (chosen) => {
  work = work.then(() => add(chosen));
};
find("attach-chosen").addEventListener("change", ({ target }) => {
  const chosen = [...target.files];
  target.value = "";
  give(chosen);
});
for (const type of ["dragenter", "dragover"]) {
  box.addEventListener(type, (event) => event.preventDefault());
}
box.addEventListener("drop", (event) => {
  event.preventDefault();
  give([...event.dataTransfer.files]);
});
box.closest("form").addEventListener("submit", (event) => {
  const open = files.find((file) => file.bytes);
  if (open) {
    event.preventDefault();
    announce(say("{0} is still being sent. Wait until it is, or remove it.", open.name));
    open.row.querySelector("button").focus();
  } else {
    sessionStorage.removeItem(kept);
  }
});
