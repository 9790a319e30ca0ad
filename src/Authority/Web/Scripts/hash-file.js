// A worker that hashes a file as it is read: the page stays quick, and little is in memory.

import { Sha256 } from "./asset:sha256.js";

const PIECE = 1 << 20;
const TOLD = 8 << 20;

/** Reads into one buffer again and again, where the browser can. */
function readerOf(stream) {
  try {
    return stream.getReader({ mode: "byob" });
  } catch {
    return stream.getReader();
  }
}

onmessage = async ({ data: file }) => {
  try {
    const hash = new Sha256();
    const reader = readerOf(file.stream());
    let buffer = new Uint8Array(PIECE);
    let read = 0;
    let told = 0;
    for (;;) {
      const { done, value } = await reader.read(buffer);
      if (done) break;
      hash.update(value);
      buffer = new Uint8Array(value.buffer);
      read += value.length;
      if (read - told >= TOLD) {
        told = read;
        postMessage({ read });
      }
    }
    // A file that was cut short meanwhile would have a digest that no file has.
    if (read !== file.size) throw new DOMException("", "NotReadableError");
    postMessage({ digest: hash.digest() });
  } catch (error) {
    postMessage({ fault: error.name });
  }
};
