namespace Concord.Cli;

/// <summary>What help shows under each command; a test reads every one of them.</summary>
internal static class Examples
{
    private static readonly string[] s_all =
    [
        "concord up",
        "concord up --data sandbox --port 8800 --no-open",
        "concord init --data register --origin register.example.org/log "
            + "--name \"Model Register\" --country CH --root-keys roots "
            + "--officer-keys officers --institution regulator=\"Register Office\" "
            + "--institution institute=\"Safety Institute\"",
        "concord ceremony key root-1 --new --key root-1.pem",
        "concord ceremony key root-2 --new --key \"pkcs11:token=root-2;object=root\" "
            + "--pkcs11-module /usr/lib/softhsm/libsofthsm2.so --pin-file /dev/fd/3",
        "concord ceremony genesis --data register --origin register.example.org/log "
            + "--name \"Model Register\" --country CH --root root-1.public.json "
            + "--root root-2.public.json --root root-3.public.json "
            + "--institution regulator=\"Register Office\" "
            + "--officer regulator=alice.public.json "
            + "--institution institute=\"Safety Institute\" --officer institute=ben.public.json",
        "concord ceremony sign genesis.json --key root-1.pem",
        "concord ceremony complete genesis.json genesis.root-1.statement.cose "
            + "genesis.root-2.statement.cose --data register",
        "concord ceremony key-set --data register --officer regulator=carla.public.json "
            + "--without f17db5f2b3ab3a3c6a57b4ae1ba54d7aee2f6bcb1b38e7b70ee6fb6a2b79a7f5",
        "concord ceremony sign key-set-2.json --root root-1 --key root-1.pem --yes",
        "concord ceremony transcript",
        "concord key new tern",
        "concord key rotate log --data register",
        "concord key rotate log receipt --at-once --to key-set.json",
        "concord key retire log --data register",
        "concord key show tern.pem",
        "concord party new \"Tern Labs\" --country CH --role developer,seller --key tern.pem",
        "concord party admit party-3fe7ab78.request.json --key registrar.pem",
        "concord party applications --key registrar.pem",
        "concord party close 7 --why \"The seat is not where it says\" --key registrar.pem",
        "concord party invite \"Head of safety\" --role filer --key tern.pem",
        "concord party invitations --key tern.pem",
        "concord party delegate P-0001-6J3E --act registry/register-model,registry/amend "
            + "--until 2027-06-30 --key tern.pem",
        "concord party delegate P-0001-6J3E --end --key tern.pem",
        "concord notices add --email desk@tern.example --key tern.pem",
        "concord notices add --webhook https://tern.example/hook --key tern.pem",
        "concord notices confirm 5a0c1f7e22b94d60 --code 7KQ2M-9XAB4 --key tern.pem",
        "concord notices list --key tern.pem",
        "concord notices remove 5a0c1f7e22b94d60 --key tern.pem",
        "concord register \"Tern 3\" --modality text --for P-0001-6J3E --key firm.pem",
        "concord key join A-0001-6JJ0 --code invitation.code --key mine.pem",
        "concord key revoke "
            + "f17db5f2b3ab3a3c6a57b4ae1ba54d7aee2f6bcb1b38e7b70ee6fb6a2b79a7f5 "
            + "--reason \"The device was lost\" --key tern.pem",
        "concord register \"Tern 1\" --modality text --compute eu.cumulative=3e25 "
            + "--fact 'market[EU]=yes' --key tern.pem",
        "concord register \"Tern 2\" --modality text,code --training planned "
            + "--compute-in-confidence concord=1e26..3e26 --key tern.pem",
        "concord release M-0001-6JZW tern.safetensors --licence Apache-2.0 --access open "
            + "--key tern.pem",
        "concord derive R-0001-6J5R --from R-0001-6J5R --relation fine_tune --compute 2e23 "
            + "--key tern.pem",
        "concord deploy R-0001-6J5R --country DE --service chat.example --purpose chat "
            + "--users-magnitude 3 --key ibis.pem",
        "concord transfer R-0001-6J5R --to P-0001-6J3E --kind sale --territory DE,FR "
            + "--key tern.pem",
        "concord report \"Great Model\" --developer Acme --source \"Model card\" "
            + "--url https://acme.example/card --compute 2e25 --key desk.pem",
        "concord certify M-0001-6JZW --until 2030-01-01 --reason \"Case accepted\" "
            + "--condition \"EU only\" --key first.pem --key second.pem",
        "concord suspend M-0001-6JZW --reason \"Weights found unguarded\" --key first.pem",
        "concord restore-standing M-0001-6JZW --reason \"Custody audited\" --key first.pem",
        "concord appeal A-0001-6JJ0 --grounds \"The weights lie in two vaults\" --ask-stay "
            + "--key tern.pem",
        "concord appeal receipts/0a1b2c3d4e5f.refusal --grounds \"The rule was misread\" "
            + "--key tern.pem",
        "concord decide-appeal A-0001-6JJ0 --outcome set_aside --reason \"The audit was wrong\" "
            + "--key third.pem --key fourth.pem",
        "concord void A-0001-6JJ0 --replace right.json --reason \"The name was misspelt\" "
            + "--key first.pem --key second.pem",
        "concord erase A-0001-6JJ0 sha256:"
            + "f17db5f2b3ab3a3c6a57b4ae1ba54d7aee2f6bcb1b38e7b70ee6fb6a2b79a7f5 "
            + "--reason \"It named a person\" --key registrar.pem",
        "concord outage --from 2026-11-01T08:00:00Z --to 2026-11-02T16:00:00Z "
            + "--reason \"The line was cut\" --key first.pem --key second.pem",
        "concord key recover P-0001-6J3E tern-2.json --holder \"Managing director\" "
            + "--reason \"Came in person\" --key first.pem --key second.pem",
        "concord officer add regulator=night-desk.public.json --key root-1.pem --key root-2.pem",
        "concord officer appoint --role clerk --name intake --public intake.public.json "
            + "--key night-desk.pem",
        "concord ask M-0001-6JZW --to P-0001-6J3E --question \"Who holds the weights?\" "
            + "--due 2027-01-01 --key registrar.pem",
        "concord answer A-0001-6JJ0 --answer \"Four persons\" --key tern.pem",
        "concord questions --key tern.pem",
        "concord questions M-0001-6JZW --why \"Case 7\" --key first.pem",
        "concord confirm A-0001-6JJ0 --reason \"The minutes of that day have it\" --key new.pem",
        "concord reveal A-0001-6JJ0 receipts/A-0001-6JJ0.sealed.json "
            + "--reason \"The model is out\" --key tern.pem",
        "concord file act.json --key tern.pem",
        "concord bulk acts.jsonl --key tern.pem",
        "concord bulk acts.jsonl --key tern.pem --dry-run",
        "concord propose act.json --key first.pem",
        "concord sign A-0001-6J0S --key second.pem",
        "concord sign A-0001-6J0S --sealed-part terms.sealed.json --key buyer.pem",
        "concord attach report.pdf",
        "concord clock resume --reason \"Power was out for a day\" --key first.pem",
        "concord rulebook list",
        "concord rulebook show eu-ai-act",
        "concord rulebook adopt eu-ai-act --from 2026-01-01 --key first.pem",
        "concord explain GPT-4 --rulebook eu-ai-act",
        "concord explain GPT-4 --rulebook eu-ai-act --assume 'market[EU]=placed' --json",
        "concord standing M-0001-6JZW",
        "concord standing model.safetensors",
        "concord fingerprint R-0001-6J5R model.safetensors --key tern.pem",
        "concord scan downloads",
        "concord scan model.gguf --authority https://register.example.org --json",
        "concord scan model.safetensors --fingerprint model.fingerprint",
        "concord compare upload.gguf base.safetensors --html comparison.html",
        "concord compare child.safetensors one.safetensors other.safetensors",
        "concord watch uploads --authority https://register.example.org --every 30",
        "concord watch uploads --key hub.pem --country DE --at https://hub.example/",
        "concord verify receipts/A-0001-6J0S --vkey log.vkey --signer tern.pem",
        "concord verify receipts",
        "concord verify receipts --policy witness.policy",
        "concord replay",
        "concord replay --judge",
        "concord fsck --data sandbox",
        "concord fsck --repair",
        "concord mirror http://127.0.0.1:8700 --data mirror --vkey log.vkey",
        "concord mirror http://127.0.0.1:8700 --data mirror --follow",
        "concord backup --to backup-monday.tar",
        "concord restore backup-monday.tar --data new --mirror mirror",
        "concord restore backup-monday.tar --data new --at-least seen.checkpoint",
        "concord init --data second --succeed mirror --last last.checkpoint "
            + "--origin second.example.org/log --name \"Model Register\" --country CH "
            + "--root-keys roots --officer-keys officers "
            + "--institution regulator=\"Register Office\" "
            + "--institution institute=\"Safety Institute\"",
        "concord refile receipts --old mirror --key tern.pem",
        "concord refile receipts --old mirror --documents files --called P-0001-6J3E=P-0001-6J3E "
            + "--key tern.pem",
        "concord rebuild --data sandbox",
        "concord rebuild --data sandbox --mirror mirror --documents from-parties",
        "concord export register.parquet",
        "concord export --format csv",
        "concord schema registry/register-model",
        "concord log vkey --data sandbox",
        "concord monitor http://127.0.0.1:8000 --once",
        "concord monitor http://127.0.0.1:8000 --vkey log.vkey --every 10s --metrics 9100",
        "concord log vkey --witnesses",
        "concord witness --data witness --name example.org/witness --log log.vkey",
        "concord completions bash",
    ];

    /// <summary>All of them, in the order of the verbs.</summary>
    public static IReadOnlyList<string> All => s_all;

    /// <summary>The examples of a command.</summary>
    /// <param name="path">The words with which it is called.</param>
    public static IReadOnlyList<string> Of(string path) =>
        string.Equals(path, CommandLine.Name, StringComparison.Ordinal)
            ? []
            :
            [
                .. s_all.Where(one =>
                    string.Equals(one, path, StringComparison.Ordinal)
                    || one.StartsWith(path + " ", StringComparison.Ordinal)
                ),
            ];
}
