// Finds the digest of a file that a person chooses or drops. The file is read here and sent nowhere.

import { here, say, size } from "./asset:phrases.js";

const find = (id) => document.getElementById(id);

let worker = null;

function rest() {
  worker?.terminate();
  worker = null;
  find("choose").hidden = false;
  find("hashing").hidden = true;
}

function announce(text) {
  find("said").textContent = text;
}

function hash(file) {
  rest();
  find("choose").hidden = true;
  find("hashing").hidden = false;
  const progress = find("progress");
  progress.value = 0;
  progress.max = Math.max(file.size, 1);
  announce(say("Reading {0}, {1}.", file.name, size(file.size)));
  let tenths = 0;
  worker = new Worker(new URL("./asset:hash-file.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => {
    if (data.digest) {
      rest();
      announce(say("Its digest is known."));
      location.assign(here(`/standing/sha256:${data.digest}`));
    } else if (data.fault) {
      rest();
      announce(
        data.fault === "NotReadableError" || data.fault === "NotFoundError"
          ? say("The file could not be read to its end, or changed meanwhile. Choose it again.")
          : say("The file could not be hashed ({0}). Use the command below.", data.fault),
      );
    } else {
      progress.value = data.read;
      // Said at each tenth, for ears.
      const now = Math.floor((10 * data.read) / progress.max);
      if (now > tenths) {
        tenths = now;
        announce(say("{0} of {1} read.", size(data.read), size(file.size)));
      }
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    rest();
    announce(say("This browser could not start to read it. Use the command below."));
  };
  worker.postMessage(file);
  find("cancel").focus();
}

find("chosen").addEventListener("change", ({ target }) => {
  const [file] = target.files;
  target.value = "";
  if (file) hash(file);
});

find("cancel").addEventListener("click", () => {
  rest();
  announce(say("Cancelled. Nothing was sent."));
  find("chosen").focus();
});

const drop = find("drop");
for (const type of ["dragenter", "dragover"]) {
  drop.addEventListener(type, (event) => {
    event.preventDefault();
    drop.classList.add("c-drop--over");
  });
}
drop.addEventListener("dragleave", () => drop.classList.remove("c-drop--over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("c-drop--over");
  const [file] = event.dataTransfer.files;
  if (file) hash(file);
});

// Back from an answer the page may come as it was left.
addEventListener("pageshow", rest);
drop.classList.remove("c-scripted");
