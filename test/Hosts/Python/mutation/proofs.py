"""How a proof file and the signed checkpoint in it are changed."""

import base64

from .changes import plain


class ProofMutants:
    def __init__(self, random, corpus):
        self.random = random
        self.corpus = corpus

    def make(self, data, index):
        pick = self.random.randrange(8)
        if pick <= 3:
            return plain(self.random, data)
        if pick == 4:
            return self.line(data)
        if pick == 5:
            head = data.partition(b"\n\n")[0]
            return head + b"\n\n" + self.note()
        if pick == 6:
            return self.signature(data)
        return self.head(data, index)

    def line(self, data):
        lines, place = data.split(b"\n"), self.random.randrange(data.count(b"\n"))
        pick = self.random.randrange(6)
        if pick == 0:
            del lines[place]
        elif pick == 1:
            lines.insert(place, lines[place])
        elif pick == 2:
            lines[place] += self.random.choice((b" ", b"\r", b"=", b"\t"))
        elif pick == 3:
            lines[place] = self.random.choice((b"", b" ", b"extra AA==", b"extra", b"index 1"))
        elif pick == 4:
            lines[place] = lines[place].replace(b"=", b"", 1)
        else:
            other = self.random.randrange(len(lines))
            lines[place], lines[other] = lines[other], lines[place]
        return b"\n".join(lines)

    def head(self, data, index):
        mark = b"index %d\n" % index
        return data.replace(mark, self.random.choice((
            b"index 0%d\n" % index, b"index +%d\n" % index, b"index %d \n" % index, b"index -1\n",
            b"index %d\n" % (index + 1), b"index %d\n" % 2**63, b"index %d\n" % 2**64,
            b"extra AAAA\n" + mark,
            b"extra AB==\n" + mark, b"extra \n" + mark, b"extra AAAA\nextra AAAA\n" + mark,
            mark + b"extra AAAA\n",
            b"Index %d\n" % index, b"index  %d\n" % index, b"index \n", mark + b"A" * 43 + b"=\n",
        )), 1)

    def note(self):
        """A checkpoint that the log's key signed, but of a text that may not be one."""
        size, root = self.corpus.log.checkpoint.size, self.corpus.log.checkpoint.root
        origin, root = self.corpus.origin, base64.b64encode(root).decode()
        text = self.random.choice((
            f"{origin}\n{size}\n{root}\nan extension\n", f"{origin}\n{size}\n{root}\n\nmore\n",
            f"{origin}\n0{size}\n{root}\n",
            f"{origin}\n+{size}\n{root}\n", f"{origin}\n{size}\n{root[:-1]}\n",
            f"{origin}\n{size}\n", f"{origin}x\n{size}\n{root}\n",
            f"{origin}\n{size} \n{root}\n", f"{origin}\n{2**64}\n{root}\n",
            f"{origin}\n{size}\nAAAA\n", f"\n{size}\n{root}\n",
            f"{origin}\n{size}\n{root}\na\nb\n", f"{origin}\n{size + 1}\n{root}\n",
            f"{origin}\n{size}\n{root}\n \n",
        )).encode()
        return text + b"\n" + self.note_line(text)

    def note_line(self, text):
        key = self.corpus.trust.log_keys[0]
        signature = base64.b64encode(key.id + self.corpus.note_signer.private.sign(text)).decode()
        return f"— {self.corpus.origin} {signature}\n".encode()

    def signature(self, data):
        mark = "— ".encode()
        body, _, line = data.rpartition(mark)
        name, _, signature = line.rstrip(b"\n").partition(b" ")
        raw, line = base64.b64decode(signature), mark + line
        unknown = mark + b"other.example/w " + base64.b64encode(self.random.randbytes(76)) + b"\n"
        same_name = mark + name + b" " + base64.b64encode(self.random.randbytes(68)) + b"\n"
        wrong = mark + name + b" " + base64.b64encode(raw[:4] + bytes(64)) + b"\n"
        short = mark + b"other.example/w " + self.random.choice(
            (b"", b"AA==", b"AAAAAA==", b"AAAAAAA=", b"!", b"AAAAAAB=")) + b"\n"
        return body + self.random.choice((
            line + unknown, unknown + line, same_name + line, line + wrong, wrong + line,
            line + line, unknown,
            same_name, line + short, short + line, line + b"\n", line[:-1], line * 100, line * 101,
            line + b"x\n",
            line.replace(b" ", b"  ", 1), line.replace(mark, b"- "),
            line + mark + b"a+b AAAAAAAA\n", line + unknown * 99,
            line + unknown * 100, b"\n" + line, line.replace(b"\n", b" \n"),
            line.replace(b"\n", b"\r\n"),
        ))
