// A worker that hashes a file piece by piece: the page stays quick, and little is in memory.

import { Sha256 } from "./asset:sha256.js";

const PIECE = 2 << 20;

onmessage = async ({ data: file }) => {
  try {
    const hash = new Sha256();
    for (let at = 0; at < file.size; at += PIECE) {
      hash.update(new Uint8Array(await file.slice(at, at + PIECE).arrayBuffer()));
      postMessage({ done: Math.min(at + PIECE, file.size) });
    }
    postMessage({ digest: hash.digest() });
  } catch (error) {
    postMessage({ fault: error.name });
  }
};
