"""How a receipt is changed."""

from verifier import cbor

from .changes import integer, items, plain, wide, widened


class ReceiptMutants:
    def __init__(self, random, corpus):
        self.random = random
        self.corpus = corpus

    def make(self, data, index):
        pick = self.random.randrange(10)
        if pick <= 4:
            return plain(self.random, data)
        if pick == 5:
            return self.wrapped(data)
        if pick == 6:
            return self.again(index, plain_proof=True)
        if pick == 7:
            other = self.random.randrange(self.corpus.log.checkpoint.size)
            return self.corpus.receipt(other)
        return self.again(index, plain_proof=False)

    def wrapped(self, data):
        return self.random.choice((
            cbor.bstr(data), cbor.bstr(cbor.bstr(data)), wide(2, len(data), 4) + data,
            cbor.bstr(data) + b"\0",
            data[1:], b"\x5f" + cbor.bstr(data) + b"\xff", b"\x81" + data, cbor.tstr("x"),
            b"\xd8\x12" + data[1:],
        ))

    def again(self, index, plain_proof):
        """Signed anew by the receipt key, with a header or proof that is not as specified."""
        corpus, random = self.corpus, self.random
        receipt = corpus.receipt(index)
        reader = cbor.Reader(receipt, 2)
        protected, proof = reader.bytes(), corpus.proof_bytes(index)
        root = corpus.log.checkpoint.root
        if plain_proof:
            return corpus.sign_receipt(protected, plain(random, proof), root)
        labels = items(protected)
        place, pick = random.randrange(len(labels)), random.randrange(6)
        label, value = labels[place]
        if pick == 0:
            del labels[place]
        elif pick == 1:
            labels[place] = label, random.choice(
                (integer(-7), integer(2), cbor.bstr(bytes(32)), b"\xa0", self.claims()))
        elif pick == 2:
            random.shuffle(labels)
        elif pick == 3:
            labels[place] = widened(label), value
        elif pick == 4:
            labels.append((cbor.head(0, 500), b"\x00"))
        else:
            labels[2] = labels[2][0], self.claims()
        protected = cbor.head(5, len(labels)) + b"".join(a + b for a, b in labels)
        return corpus.sign_receipt(protected, proof, root)

    def claims(self):
        size = self.corpus.log.checkpoint.size
        origin = self.corpus.origin + self.random.choice(("", "", "x"))
        sub = self.random.choice((f"checkpoint/{size}", f"checkpoint/{size + 1}",
            f"checkpoint/0{size}", "read"))
        extra = self.random.choice((b"", b"", b"\x06\x00"))
        body = b"\x01" + cbor.tstr(origin) + b"\x02" + cbor.tstr(sub) + extra
        return cbor.head(5, 2 + bool(extra)) + body
