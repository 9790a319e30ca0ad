// Many statements that one touch of a passkey signs (specs/signers.md, Batches).

import { answer, array, bytestring, integer, joined, sha256, utf8 } from "./asset:statement.js";

const TOGETHER = 2_000;
const LEAF = Uint8Array.of(0);
const NODE = Uint8Array.of(1);

/** Makes something of each, so many at a time that the page stays quick. */
export async function each(items, make, told = () => {}) {
  const made = [];
  for (let from = 0; from < items.length; from += TOGETHER) {
    const some = items.slice(from, from + TOGETHER);
    made.push(...(await Promise.all(some.map((item, i) => make(item, from + i)))));
    told(made.length);
  }
  return made;
}

/** The Merkle tree over ids (RFC 9162), level by level: the last node of a level may go up alone. */
export async function treeOf(ids, told) {
  const levels = [await each(ids, (id) => sha256(joined(LEAF, id)), told)];
  while (levels.at(-1).length > 1) {
    const below = levels.at(-1);
    const pairs = Array.from({ length: Math.ceil(below.length / 2) }, (_, i) => 2 * i);
    levels.push(
      await each(pairs, (i) =>
        i + 1 < below.length ? sha256(joined(NODE, below[i], below[i + 1])) : below[i],
      ),
    );
  }
  return levels;
}

export const rootOf = (tree) => tree.at(-1)[0];

function pathOf(tree, index) {
  const path = [];
  for (const level of tree.slice(0, -1)) {
    const sibling = level[index ^ 1];
    if (sibling) path.push(sibling);
    index >>= 1;
  }
  return path;
}

/**
 * Has a passkey answer for all statements of a tree.
 * @returns what makes the whole of one of them, ready to be filed, by its place.
 */
export async function signAll(tree, key, relyingParty) {
  const count = tree[0].length;
  const size = new Uint8Array(8);
  new DataView(size.buffer).setUint32(4, count);
  const challenge = await sha256(joined(utf8("concord/batch/v1\0"), size, rootOf(tree)));
  const parts = await answer(challenge, key, relyingParty);
  return (statement, index) =>
    statement.with(
      array(
        ...parts,
        integer(index),
        integer(count),
        array(...pathOf(tree, index).map(bytestring)),
      ),
    );
}
