// SHA-256 (FIPS 180-4) that takes its input in pieces. The browser's own digest wants the whole
// file in memory at once.

const primes = (count) => {
  const found = [];
  for (let n = 2; found.length < count; n++) {
    if (found.every((prime) => n % prime)) found.push(n);
  }
  return found;
};

// The first 32 bits of the fractions of roots of the first primes.
const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const K = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));
const START = Int32Array.from(primes(8), (prime) => fraction(Math.sqrt(prime)));

const high = (e) =>
  ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
const low = (a) =>
  ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));

export class Sha256 {
  #state = START.slice();
  #words = new Int32Array(64);
  #block = new Uint8Array(64);
  #held = 0;
  #length = 0;

  /** Takes the next bytes. */
  update(bytes) {
    this.#length += bytes.length;
    let at = 0;
    if (this.#held > 0) {
      at = Math.min(64 - this.#held, bytes.length);
      this.#block.set(bytes.subarray(0, at), this.#held);
      this.#held += at;
      if (this.#held < 64) return this;
      this.#blocks(this.#block, 0, 64);
      this.#held = 0;
    }
    const end = bytes.length - ((bytes.length - at) % 64);
    this.#blocks(bytes, at, end);
    this.#block.set(bytes.subarray(end));
    this.#held = bytes.length - end;
    return this;
  }

  /** The digest of all that was taken, in hexadecimal digits; takes no more after that. */
  digest() {
    const bits = this.#length * 8;
    const end = new Uint8Array(this.#held < 56 ? 64 - this.#held : 128 - this.#held);
    end[0] = 0x80;
    const view = new DataView(end.buffer);
    view.setUint32(end.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(end.length - 4, bits >>> 0);
    this.update(end);
    return Array.from(this.#state, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  #blocks(bytes, from, end) {
    const w = this.#words;
    const state = this.#state;
    let [h0, h1, h2, h3, h4, h5, h6, h7] = state;
    for (let at = from; at < end; at += 64) {
      for (let i = 0, j = at; i < 16; i++, j += 4) {
        w[i] = (bytes[j] << 24) | (bytes[j + 1] << 16) | (bytes[j + 2] << 8) | bytes[j + 3];
      }
      for (let i = 16; i < 64; i++) {
        const x = w[i - 15];
        const y = w[i - 2];
        const p = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
        const q = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
        w[i] = (w[i - 16] + p + w[i - 7] + q) | 0;
      }
      // Eight rounds at a time, so that the eight words change their names and are not moved.
      let a = h0, b = h1, c = h2, d = h3, e = h4, f = h5, g = h6, h = h7;
      for (let i = 0; i < 64; i += 8) {
        h = (h + high(e) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
        d = (d + h) | 0;
        h = (h + low(a) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        g = (g + high(d) + ((d & e) ^ (~d & f)) + K[i + 1] + w[i + 1]) | 0;
        c = (c + g) | 0;
        g = (g + low(h) + ((h & a) ^ (h & b) ^ (a & b))) | 0;
        f = (f + high(c) + ((c & d) ^ (~c & e)) + K[i + 2] + w[i + 2]) | 0;
        b = (b + f) | 0;
        f = (f + low(g) + ((g & h) ^ (g & a) ^ (h & a))) | 0;
        e = (e + high(b) + ((b & c) ^ (~b & d)) + K[i + 3] + w[i + 3]) | 0;
        a = (a + e) | 0;
        e = (e + low(f) + ((f & g) ^ (f & h) ^ (g & h))) | 0;
        d = (d + high(a) + ((a & b) ^ (~a & c)) + K[i + 4] + w[i + 4]) | 0;
        h = (h + d) | 0;
        d = (d + low(e) + ((e & f) ^ (e & g) ^ (f & g))) | 0;
        c = (c + high(h) + ((h & a) ^ (~h & b)) + K[i + 5] + w[i + 5]) | 0;
        g = (g + c) | 0;
        c = (c + low(d) + ((d & e) ^ (d & f) ^ (e & f))) | 0;
        b = (b + high(g) + ((g & h) ^ (~g & a)) + K[i + 6] + w[i + 6]) | 0;
        f = (f + b) | 0;
        b = (b + low(c) + ((c & d) ^ (c & e) ^ (d & e))) | 0;
        a = (a + high(f) + ((f & g) ^ (~f & h)) + K[i + 7] + w[i + 7]) | 0;
        e = (e + a) | 0;
        a = (a + low(b) + ((b & c) ^ (b & d) ^ (c & d))) | 0;
      }
      h0 = (h0 + a) | 0;
      h1 = (h1 + b) | 0;
      h2 = (h2 + c) | 0;
      h3 = (h3 + d) | 0;
      h4 = (h4 + e) | 0;
      h5 = (h5 + f) | 0;
      h6 = (h6 + g) | 0;
      h7 = (h7 + h) | 0;
    }
    state.set([h0, h1, h2, h3, h4, h5, h6, h7]);
  }
}
