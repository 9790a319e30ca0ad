// Finds the digest of a file that a person chooses or drops. The file is read here and sent nowhere.

const find = (id) => document.getElementById(id);
const units = ["bytes", "KB", "MB", "GB", "TB"];

let worker = null;

function size(bytes) {
  const unit = bytes > 0 ? Math.min(Math.floor(Math.log10(bytes) / 3), units.length - 1) : 0;
  return `${unit === 0 ? bytes : (bytes / 1000 ** unit).toFixed(1)} ${units[unit]}`;
}

function rest() {
  worker?.terminate();
  worker = null;
  find("choose").hidden = false;
  find("hashing").hidden = true;
}

function say(text) {
  find("said").textContent = text;
}

function hash(file) {
  rest();
  find("choose").hidden = true;
  find("hashing").hidden = false;
  const progress = find("progress");
  progress.value = 0;
  progress.max = Math.max(file.size, 1);
  say(`Reading ${file.name}, ${size(file.size)}.`);
  let tenths = 0;
  worker = new Worker(new URL("./asset:hash-file.js", import.meta.url), { type: "module" });
  worker.onmessage = ({ data }) => {
    if (data.digest) {
      rest();
      say("Its digest is known.");
      location.assign(`/standing/sha256:${data.digest}`);
    } else if (data.fault) {
      rest();
      say(
        data.fault === "NotReadableError" || data.fault === "NotFoundError"
          ? "The file could not be read to its end, or changed meanwhile. Choose it again."
          : `The file could not be hashed (${data.fault}). Use the command below.`,
      );
    } else {
      progress.value = data.read;
      // Said at each tenth, for ears.
      const now = Math.floor((10 * data.read) / progress.max);
      if (now > tenths) {
        tenths = now;
        say(`${size(data.read)} of ${size(file.size)} read.`);
      }
    }
  };
  worker.onerror = (event) => {
    event.preventDefault();
    rest();
    say("This browser could not start to read it. Use the command below.");
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
  say("Cancelled. Nothing was sent.");
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
