"""Files a story with a running sandbox: acts of every form, both kinds of signer, every standing.

    python3 -m mutation.scenario --data DIR --keys DIR --url URL

The sandbox's own keys lie in its data folder; those of two parties are made in the other folder.
Statements are made here, from the specification alone. Nothing is filed twice: run it once.
"""

import argparse
import base64
import datetime
import hashlib
import json
import secrets
import sys
import urllib.error
import urllib.request
from pathlib import Path

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from verifier import acts, cbor, signers, tree
from verifier.statements import ES256, JSON_ACT, PASSKEY, TYPE, statement_id
from verifier.texts import identifier

from .corpus import Signer, encode

PASSKEY_ORIGIN = "https://concord.example"


class Desk:
    """Makes statements and files them; answers the index, or raises with the problem."""

    def __init__(self, data, keys, url):
        self.url, self.keys, self.data = url, Path(keys), Path(data)
        self.origin = json.loads((self.data / "authority.json").read_text("utf-8"))["origin"]
        self.keys.mkdir(parents=True, exist_ok=True)

    def sandbox(self, name):
        return Signer(self.data / "keys" / f"{name}.pem")

    def new_key(self, name):
        private = ec.generate_private_key(ec.SECP256R1())
        pkcs8, clear = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        pem = private.private_bytes(serialization.Encoding.PEM, pkcs8, clear)
        (self.keys / f"{name}.pem").write_bytes(pem)
        return Signer(self.keys / f"{name}.pem")

    def file(self, act, signer, speaker, documents=(), passkey=False):
        data = json.dumps(act, ensure_ascii=False).encode()
        sealed = acts.form(act) == "sealed"
        signed = hashlib.sha256(data).digest() if sealed else data
        protected = header(act, signer, f"{self.origin}#{speaker}", PASSKEY if passkey else ES256)
        identity = statement_id(protected, signed)
        signature = assertion(signer, identity) if passkey else signer.sign_digest(identity)
        parts = [("statement", encode(protected, signed, signature)), *documents]
        return self.post(parts + [("act", data)] if sealed else parts)

    def file_together(self, some, signer, speaker):
        """One assertion of a passkey signs all of them; each is filed by itself."""
        made = []
        for act in some:
            data = json.dumps(act, ensure_ascii=False).encode()
            protected = header(act, signer, f"{self.origin}#{speaker}", PASSKEY)
            made.append((protected, data, statement_id(protected, data)))
        leaves = [tree.leaf(identity) for _, _, identity in made]
        parts = answer(signer, signers.batch_challenge(len(leaves), tree.root(leaves)))
        for index, (protected, data, _) in enumerate(made):
            path = tree.inclusion_path(leaves, index)
            place = cbor.head(0, index) + cbor.head(0, len(leaves)) + cbor.head(4, len(path))
            place += b"".join(map(cbor.bstr, path))
            field = cbor.head(4, 6) + b"".join(map(cbor.bstr, parts)) + place
            self.post([("statement", encode(protected, data, field))])

    def post(self, parts):
        boundary = secrets.token_hex(16)
        body = b""
        for name, data in parts:
            head = f'Content-Disposition: form-data; name="{name}"; filename="{name}"'
            body += f"--{boundary}\r\n{head}\r\n\r\n".encode() + data + b"\r\n"
        body += f"--{boundary}--\r\n".encode()
        kind = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        request = urllib.request.Request(f"{self.url}/acts", body, kind)
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["index"]
        except urllib.error.HTTPError as error:
            raise SystemExit(f"{parts[0][0]}: {error.code} {error.read().decode()}") from None

    def joint(self, act, kind="officers", officers=("regulator-1", "institute-1"), documents=()):
        """Two officers sign; the act bears the id of the first entry."""
        act["joint"] = {"kind": kind, "k": 2, "epoch": 1}
        return min(self.file(act, self.sandbox(f"officer-{name}"),
            "officer/" + name.replace("-", "/officer-"), documents) for name in officers)


def header(act, signer, iss, alg):
    kid, sub = signer.public.thumbprint, acts.subject(act)
    sealed = acts.form(act) == "sealed"
    claims = b"\x0f\xa2\x01" + cbor.tstr(iss) + b"\x02" + cbor.tstr(sub)
    labels = [b"\x01" + cbor.head(1, -1 - alg)]
    labels += [] if sealed else [b"\x03" + cbor.tstr(JSON_ACT)]
    labels += [b"\x04" + cbor.bstr(kid), claims, b"\x10" + cbor.tstr(TYPE)]
    labels += [b"\x19\x01\x02\x2f", b"\x19\x01\x03" + cbor.tstr(JSON_ACT)] if sealed else []
    return cbor.head(5, len(labels)) + b"".join(labels)


def assertion(signer, identity):
    parts = answer(signer, signers.challenge("statement", identity))
    return cbor.head(4, 3) + b"".join(map(cbor.bstr, parts))


def answer(signer, challenge):
    """What a passkey answers, present and verified, at the origin of its key."""
    client = {"type": "webauthn.get", "challenge": base64url(challenge), "origin": PASSKEY_ORIGIN,
        "crossOrigin": False}
    client_data = json.dumps(client, separators=(",", ":")).encode()
    data = hashlib.sha256(b"concord.example").digest() + b"\x05" + bytes(4)
    digest = hashlib.sha256(data + hashlib.sha256(client_data).digest()).digest()
    return data, client_data, signer.sign_digest(digest)


def base64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def jwk(signer):
    return {"kty": "EC", "crv": "P-256", "x": base64url(signer.public.x),
        "y": base64url(signer.public.y)}


class Story:
    def __init__(self, desk):
        self.desk = desk
        self.registrar = desk.sandbox("registrar")

    def party(self, name, roles):
        signer = self.desk.new_key(name)
        held = {"key": jwk(signer), "holder": "desk", "role": "administrator"}
        act = {"act": "network/admit-party/1", "name": f"{name} {secrets.token_hex(4)}",
            "country": "CH"}
        index = self.desk.file(act | {"roles": sorted(roles), "keys": [held]}, self.registrar,
            "authority")
        return signer, identifier("P", index)

    def leave(self, target):
        """An officer signs a suspension and leaves; with the next signature it is not in force."""
        desk, gone = self.desk, self.desk.sandbox("officer-regulator-2")
        act = {"act": "registry/suspend/1", "target": target, "reason": "so",
            "joint": {"kind": "officers", "k": 2, "epoch": 1}}
        desk.file(act, gone, "officer/regulator/officer-2")
        end = {"act": "network/revoke-key/1", "key": gone.public.thumbprint.hex(), "reason": "so"}
        desk.file(end, desk.sandbox("officer-regulator-1"), "officer/regulator/officer-1")
        desk.file(act, desk.sandbox("officer-institute-1"), "officer/institute/officer-1")

    def invite(self, who):
        """Somebody joins by a code and reports; another invitation is withdrawn."""
        signer, party = who
        for name in ("code", "unused"):
            code = self.desk.new_key(name)
            act = {"act": "network/invite/1", "party": party, "role": "administrator",
                "holder": "desk", "code": jwk(code), "until": later(10**5)}
            index = self.desk.file(act, signer, party)
            if name == "unused":
                end = {"act": "network/revoke-key/1", "key": code.public.thumbprint.hex()}
                self.desk.file(end | {"reason": "Not needed."}, signer, party)
                continue
            joined = self.desk.new_key("joined")
            digest = hashlib.sha256(b"concord/invitation/v1\0" + joined.public.thumbprint).digest()
            proof = {"invite": identifier("A", index), "proof": base64url(code.sign_digest(digest))}
            held = {"key": jwk(joined), "holder": "desk", "role": "administrator"}
            act = {"act": "network/add-key/1", "party": party, "key": held, "invitation": proof}
            self.desk.file(act, joined, party)
        self.model((joined, party))

    def model(self, who, sealed=False, **more):
        signer, party = who
        act = {"act": "registry/register-model/1", "developer": party,
            "name": f"Model {secrets.token_hex(4)}",
               "training_compute": [], "modality_out": ["text"], "training": {"state": "finished"},
               "intended_release": {"weights": "open"}, **more}
        documents = []
        if sealed:
            part = json.dumps({"weights_custody": "Two vaults.",
                "salt": base64url(secrets.token_bytes(16))}).encode()
            act["sealed_part"] = f"sha256:{hashlib.sha256(part).hexdigest()}"
            documents = [("sealed_part", part)]
        return self.desk.file(act, signer, party, documents)

    def release(self, who, model):
        weights = [{"digest": f"sha256:{secrets.token_hex(32)}", "format": "safetensors",
            "size_bytes": 7}]
        act = {"act": "registry/release/1", "model": identifier("M", model), "name": f"w{model}",
            "weights": weights}
        return self.desk.file(act | {"licence": "Apache-2.0", "access": "open",
            "released_on": today()}, *who)

    def derive(self, who, child, *parents):
        act = {"act": "registry/derive/1", "child": identifier("R", child),
            "parents": list(parents)}
        return self.desk.file(act | {"relation": "fine_tune", "by": who[1]}, *who)

    def decide(self, name, target, **more):
        return self.desk.joint({"act": f"registry/{name}/1", "target": target, "reason": "a story",
            **more})

    def appeal(self, who, index, *outcomes):
        """An appeal, and what officers who had no part make of it, one after the other."""
        act = {"act": "network/appeal/1", "by": who[1], "grounds": "a story"}
        appeal = self.desk.file(act | {"against": identifier("A", index)}, *who)
        for outcome in outcomes:
            self.settle(appeal, outcome)
        return appeal

    def settle(self, appeal, outcome):
        part = json.dumps({"reasons": "a story", "salt": base64url(secrets.token_bytes(16))})
        digest = f"sha256:{hashlib.sha256(part.encode()).hexdigest()}"
        decision = {"act": "network/decide-appeal/1", "appeal": identifier("A", appeal),
            "outcome": outcome, "reason": "a story", "sealed_part": digest}
        self.desk.joint(decision, "institutions", ("board-1", "regulator-2"),
            [("sealed_part", part.encode())])

    def appeals(self, who):
        """Models whose suspensions or conditions were appealed, one for each way that goes."""
        ways = [("set_aside",), ("stayed",), ("stayed", "upheld"), ("stayed", "set_aside"),
            ("upheld",)]
        made = []
        for outcomes in [*ways, ("later", "upheld"), ("later", "set_aside"), ("conditions",)]:
            model = identifier("M", self.model(who))
            made.append(model)
            certificate = self.decide("certify", model, conditions=["Two sites."],
                until=later(10**8))
            if outcomes[0] == "conditions":
                self.appeal(who, certificate, "set_aside")
                continue
            suspension = self.decide("suspend", model)
            if outcomes[0] != "later":
                self.appeal(who, suspension, *outcomes)
                continue
            appeal = self.appeal(who, suspension, "stayed")
            self.decide("suspend", model, reason="another")
            self.settle(appeal, outcomes[1])
            if outcomes[1] == "upheld":
                self.decide("restore", model)
        return made

    def withdraw(self, who, index):
        act = {"act": "registry/withdraw/1", "target": identifier("A", index), "reason": "a story"}
        return self.desk.file(act, *who)


def today():
    return datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")


def later(seconds):
    moment = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(seconds=seconds)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def tell(desk):
    story = Story(desk)
    tern = story.party("tern", ("developer", "host", "seller"))
    ibis = story.party("ibis", ("developer", "host"))
    models = [story.model(who, sealed=i == 0) for i,
        who in enumerate((tern, tern, ibis, ibis, tern, tern, ibis, ibis))]
    owners = [tern, tern, ibis, ibis, tern, tern, ibis, ibis]
    releases = [story.release(who, model) for who, model in zip(owners, models)]
    m = [identifier("M", i) for i in models]
    r = [identifier("R", i) for i in releases]
    story.derive(tern, releases[1], r[0])
    story.derive(ibis, releases[2], r[1])
    edge = story.derive(ibis, releases[3], m[0], r[4])
    story.derive(tern, releases[5], m[4])
    story.derive(ibis, releases[6], r[5])
    story.derive(ibis, releases[7], m[2])
    third = story.release(ibis, models[7])
    amended = story.derive(ibis, third, m[1])
    second = story.release(tern, models[4])
    story.decide("suspend", m[0])
    story.decide("certify", m[1], conditions=["Two sites."], until=later(10**8))
    story.decide("suspend", r[1])
    story.decide("suspend", m[1])
    story.decide("restore", m[1])
    story.decide("suspend", identifier("R", second))
    story.decide("certify", m[2], conditions=[], until=later(2))
    story.decide("suspend", m[3], until=later(2))
    story.decide("certify", r[3], conditions=[], until=later(10**7))
    story.decide("expire", r[3])
    story.withdraw(tern, models[4])
    story.withdraw(ibis, edge)
    story.withdraw(ibis, releases[6])
    change = {"act": "registry/amend/1", "target": identifier("A", models[5]),
        "changes": {"name": "Renamed"}, "reason": "so"}
    desk.file(change, *tern)
    parents = {"act": "registry/amend/1", "target": identifier("A", amended), "reason": "so"}
    desk.file(parents | {"changes": {"parents": [m[1], r[0], r[5]]}}, *ibis)
    sealed = {"act": "registry/deploy/1", "salt": base64url(secrets.token_bytes(16)),
        "release": r[5], "host": ibis[1],
              "service": "chat.example", "country": "DE", "purpose": "chat", "users_magnitude": 3,
              "from": today()}
    desk.file(sealed, *ibis)
    passkey = desk.new_key("passkey")
    members = {"kind": "webauthn", "rp_id": "concord.example", "origins": [PASSKEY_ORIGIN]}
    held = {"key": jwk(passkey) | members, "holder": "head of safety", "role": "filer"}
    desk.file({"act": "network/add-key/1", "party": tern[1], "key": held}, *tern)
    act = {"act": "registry/amend/1", "target": identifier("A", models[5]),
        "changes": {"version": "2"}, "reason": "so"}
    desk.file(act, passkey, tern[1], passkey=True)
    versions = [act | {"changes": {"version": f"2.{n}"}} for n in range(1, 6)]
    desk.file_together(versions, passkey, tern[1])
    story.invite(tern)
    let = {"act": "network/delegate/1", "party": tern[1], "to": ibis[1], "until": later(10**6)}
    desk.file(let | {"acts": ["registry/amend"]}, *tern)
    desk.file(act | {"changes": {"version": "3"}}, ibis[0], tern[1])
    desk.file(let | {"acts": []}, *tern)
    subjects = m + r + story.appeals(tern)
    story.leave(m[6])
    return subjects


def main():
    parser = argparse.ArgumentParser(prog="mutation.scenario")
    for option in ("--data", "--keys", "--url"):
        parser.add_argument(option, required=True)
    options = parser.parse_args()
    print(json.dumps({"subjects": tell(Desk(options.data, options.keys, options.url))}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
