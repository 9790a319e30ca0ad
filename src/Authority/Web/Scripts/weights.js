// Writes the digests of files of weights into a form, a line for each. The files are sent nowhere.

import { counted, say } from "./asset:phrases.js";

const find = (id) => document.getElementById(id);
const weights = find("weights");
const drop = find("drop");

let stop = null;

function announce(text) {
  find("said").textContent = text;
}

function show(isHashing) {
  find("choose").hidden = isHashing;
  find("hashing").hidden = !isHashing;
}

/** The digest of one file; null: it was cancelled. */
function digestOf(file) {
  const worker = new Worker(new URL("./asset:hash-file.js", import.meta.url), { type: "module" });
  const progress = find("progress");
  progress.max = Math.max(file.size, 1);
  progress.value = 0;
  const found = new Promise((resolve, reject) => {
    stop = () => resolve(null);
    worker.onerror = (event) => {
      event.preventDefault();
      reject(new Error(say("This browser could not start to read it.")));
    };
    worker.onmessage = ({ data }) => {
      if (data.digest) resolve(data.digest);
      else if (data.fault) {
        const says = say("A file could not be read to its end ({0}). Choose it again.", data.fault);
        reject(new Error(says));
      } else progress.value = data.read;
    };
  });
  worker.postMessage(file);
  return found.finally(() => worker.terminate());
}

async function add(files) {
  show(true);
  find("cancel").focus();
  let count = 0;
  try {
    for (const file of files) {
      announce(say("Reading {0}, {1} of {2}.", file.name, count + 1, files.length));
      const digest = await digestOf(file);
      if (digest === null) break;
      const name = file.name.replace(/\s+/g, "_");
      const before = weights.value.trim();
      weights.value = `${before}${before && "\n"}${digest} ${file.size} ${name}\n`;
      count += 1;
    }
    announce(
      count === files.length
        ? counted(count, "One file is added above.", "{0} files are added above.")
        : say(
            "Cancelled. {0} of {1} files are added above; nothing was sent.",
            count,
            files.length,
          ),
    );
  } catch (error) {
    announce(error.message);
  }
  show(false);
  find("chosen").focus();
}

if (drop) {
  find("chosen").addEventListener("change", ({ target }) => {
    const files = [...target.files];
    target.value = "";
    if (files.length > 0) add(files);
  });
  find("cancel").addEventListener("click", () => stop?.());
  for (const type of ["dragenter", "dragover"]) {
    drop.addEventListener(type, (event) => event.preventDefault());
  }
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    const files = [...event.dataTransfer.files];
    if (files.length > 0 && find("hashing").hidden) add(files);
  });
  drop.classList.remove("c-scripted");
}
