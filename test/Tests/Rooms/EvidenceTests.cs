using Concord.Acts;
using Concord.Acts.Lineage;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Ledger;
using Concord.Rooms;
using Concord.Rooms.Lineage;
using Concord.Rooms.Registry;
using Xunit;

namespace Concord.Tests.Rooms;

/// <summary>What fingerprints, evidence, found copies and objections do in the register.</summary>
public sealed class EvidenceTests
{
    [Fact]
    public void A_fingerprint_is_in_the_form_of_the_specification()
    {
        var (given, parent, _) = Strangers();
        var act = given.Print("aurora", parent, Prints.Of(1));

        Refuses(given, "aurora", act with { Small = "AAAA" }, "malformed-fingerprint", "$.small");
        Refuses(
            given,
            "aurora",
            act with
            {
                Small = Prints.Text(Prints.Of(1, units: 16, isLarge: true)),
            },
            "large-fingerprint",
            "$.small"
        );
        Refuses(
            given,
            "aurora",
            act with
            {
                Weights = Digest.Of("others"u8),
            },
            "other-weights",
            "$.weights"
        );
        Refuses(given, "aurora", act with { Method = 2 }, "unknown-method", "$.method");
        Refuses(given, "aurora", act with { Release = new(1) }, "not-found", "$.release");
    }

    [Fact]
    public void Whoever_took_a_fingerprint_states_it_once()
    {
        var (given, parent, _) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));

        Assert.Equal(
            "duplicate",
            given.Answer("aurora", given.Print("aurora", parent, Prints.Of(1)))
        );
        Refuses(
            given,
            "aurora",
            given.Print("aurora", parent, Prints.Of(1)) with
            {
                Small = Prints.Text(Prints.Of(1, units: 47)),
            },
            "already-stated",
            "$.small"
        );
        given.File("delta", given.Print("delta", parent, Prints.Of(1)));
        var prints = given.World.Lineage.Weights.PrintsOf(parent).ToList();
        Assert.Equal([false, true], prints.Select(one => one.IsOwn));
    }

    [Fact]
    public void Evidence_names_releases_that_exist_and_a_day_that_has_come()
    {
        var (given, parent, child) = Strangers();
        var act = given.Compared("delta", child, parent);
        var nothing = new EvidenceSide { Release = new(1) };

        Refuses(given, "delta", act with { Child = nothing }, "not-found", "$.child.release");
        Refuses(given, "delta", act with { Parent = nothing }, "not-found", "$.parent.release");
        Refuses(
            given,
            "delta",
            act with
            {
                ComparedOn = given.Now.Day.AddDays(1),
            },
            "dated-after-tick",
            "$.compared_on"
        );
        given.File("delta", act);
        Refuses(given, "delta", act with { MinusLog10P = 300 }, "already-stated", "$.parent");
    }

    [Fact]
    public void A_figure_is_counted_anew_where_both_fingerprints_are_in_the_log()
    {
        var (given, parent, child) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        var act = given.File("delta", given.Compared("delta", child, parent));
        Assert.Null(MatchAt(given, act).Counted);

        given.File("borealis", given.Print("borealis", child, Prints.Of(1, variant: 1)));

        var match = MatchAt(given, act);
        Assert.True(match.Counted!.Decides);
        Assert.NotEqual(match.Stated, match.Counted.Log10P);
    }

    [Fact]
    public void What_somebody_states_of_strangers_is_shown_and_bears_no_weight()
    {
        var (given, parent, child) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        given.File("borealis", given.Print("borealis", child, Prints.Of(2)));

        var match = MatchAt(given, given.File("delta", given.Compared("delta", child, parent)));

        Assert.Equal(-200, match.Stated);
        Assert.True(match.Counted is { Decides: false, Log10P: > Counting.Bar });
        Assert.False(Recognition.Bears(given.World, match));
        Assert.Null(given.World.Registry.Findings);
    }

    [Fact]
    public void Evidence_that_contradicts_a_declaration_opens_a_finding_and_changes_nothing()
    {
        var (given, parent, child) = Related();
        var before = given.World.Lineage.ParentsOf(SubjectId.Of(child)).ToList();

        var act = given.File("delta", given.Compared("delta", child, parent));

        var finding = Assert.Single(given.World.Registry.Findings!);
        Assert.Equal(("undeclared-origin", act), (finding.Code, finding.Act));
        Assert.Equal(before, given.World.Lineage.ParentsOf(SubjectId.Of(child)));
        var standing = Descent.StandingOf(given.World, SubjectId.Of(child))!;
        Assert.True(standing.IsGood);
    }

    [Fact]
    public void Evidence_of_what_is_declared_opens_no_finding()
    {
        var (given, parent, child) = Related();
        given.File("borealis", given.Derivation("borealis", child, SubjectId.Of(parent)));

        given.File("delta", given.Compared("delta", child, parent));

        Assert.Null(given.World.Registry.Findings);
    }

    [Fact]
    public void Evidence_that_could_not_be_counted_is_found_as_a_claim()
    {
        var (given, parent, child) = Strangers();

        given.File("delta", given.Compared("delta", child, parent));

        Assert.Equal("claimed-origin", Assert.Single(given.World.Registry.Findings!).Code);
    }

    [Fact]
    public void Two_developers_who_state_the_same_weights_are_found()
    {
        var (given, parent, child) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        given.File("borealis", given.Print("borealis", child, Prints.Of(1)));

        Assert.Equal("same-weights", Assert.Single(given.World.Registry.Findings!).Code);
    }

    [Fact]
    public void A_found_copy_is_recognised_by_what_the_release_has()
    {
        var (given, parent, child) = Strangers();
        var copy = given.Found("cirrus", parent, "a file", Prints.Of(1, variant: 2));

        Refuses(given, "cirrus", copy, "no-fingerprint", "$.release", Given.Place);
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        Refuses(
            given,
            "cirrus",
            copy with
            {
                Evidence = CopyEvidence.Weights,
                MinusLog10P = null,
            },
            "not-the-weights",
            "$.weights",
            Given.Place
        );
        Refuses(
            given,
            "cirrus",
            given.Found("cirrus", parent, "a file", fingerprint: null),
            "not-the-file",
            "$.files[0]",
            Given.Place
        );
        Refuses(
            given,
            "cirrus",
            given.Found("cirrus", parent, "gull", Prints.Of(1, variant: 2)),
            "weights-known",
            "$.files[0]",
            Given.Place
        );
        given.File("cirrus", given.Found("cirrus", parent, "tern", fingerprint: null), Given.Place);
    }

    [Fact]
    public void A_copy_of_what_is_suspended_is_found()
    {
        var (given, parent, _) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        given.FileJointly("officer-a-1", "officer-b-1", given.Suspension(SubjectId.Of(parent)));

        given.File(
            "cirrus",
            given.Found("cirrus", parent, "a file", Prints.Of(1, variant: 2)),
            Given.Place
        );

        Assert.Equal("copy-of-barred", Assert.Single(given.World.Registry.Findings!).Code);
    }

    [Fact]
    public void A_release_of_a_file_that_was_found_before_is_found()
    {
        var (given, parent, _) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        var print = Prints.Of(1, variant: 2);
        given.File("cirrus", given.Found("cirrus", parent, "a file", print), Given.Place);

        given.Publish("borealis", given.Register("borealis", "Gull 3"), "a file");

        Assert.Equal("registered-after-found", given.World.Registry.Findings!.Item.Code);
    }

    [Fact]
    public void Where_a_copy_was_found_is_sealed_until_who_found_it_reveals_it()
    {
        var (given, parent, _) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        var found = given.Found("cirrus", parent, "a file", Prints.Of(1, variant: 2));
        var act = new ActId(given.File("cirrus", found, Given.Place));
        Assert.Null(MatchAt(given, act.Index).RevealedBy);

        given.File("cirrus", given.Revelation(act, ActJson.Write(Given.Place)));

        Assert.NotNull(MatchAt(given, act.Index).RevealedBy);
        Assert.Equal(Given.Place, MatchAt(given, act.Index).Place);
    }

    [Fact]
    public void Who_answers_for_a_side_objects_once_and_both_sides_stay()
    {
        var (given, parent, child) = Related();
        var act = given.File("delta", given.Compared("delta", child, parent));

        Refuses(given, "cirrus", given.Objection("cirrus", act), "not-touched", "$.side");
        Refuses(given, "delta", given.Objection("delta", act), "own-act", "$.target");
        Refuses(given, "borealis", given.Objection("borealis", 1), "not-found", "$.target");
        var objection = given.File("borealis", given.Objection("borealis", act));
        Refuses(
            given,
            "borealis",
            given.Objection("borealis", act) with
            {
                Grounds = "It was not so.",
            },
            "already-stated",
            "$.target"
        );

        var match = MatchAt(given, act);
        Assert.True(Recognition.IsDisputed(given.World, match));
        Assert.True(Recognition.Bears(given.World, match));
        given.File("borealis", new Withdraw { Target = new(objection), Reason = "It was so." });
        Assert.False(Recognition.IsDisputed(given.World, match));
    }

    [Fact]
    public void An_objection_is_offered_to_whom_the_law_lets_object()
    {
        var (given, parent, child) = Related();
        var unknown = new EvidenceSide { File = Digest.Of("an unknown file"u8) };
        var withdrawn = given.File("delta", given.Compared("delta", parent, child));
        given.File("delta", new Withdraw { Target = new(withdrawn), Reason = "Mistaken." });
        var objected = given.File("cirrus", given.Compared("cirrus", child, parent));
        given.File("borealis", given.Objection("borealis", objected));
        var known = new EvidenceSide { Release = parent };
        long[] targets =
        [
            withdrawn,
            objected,
            given.File("delta", given.Compared("delta", child, parent)),
            given.File("aurora", given.Compared("aurora", child, parent)),
            given.File("delta", given.Compared("delta", unknown, known)),
            given.File("delta", given.Compared("delta", known, unknown)),
            given.File("delta", given.Print("delta", parent, Prints.Of(3))),
            parent.Index,
        ];
        var admitted = 0;
        foreach (var target in targets)
        {
            var offered = Objectors.Of(given.World, new(target)).ToList();
            foreach (var party in (string[])["aurora", "borealis", "cirrus", "delta"])
            {
                foreach (var side in Enum.GetValues<DisputeSide>())
                {
                    var answer = given.Answer(party, given.Objection(party, target, side));
                    // Nobody is known of whom a page could say that the side is theirs.
                    var isOffered =
                        offered.Contains((side, given.Party(party)))
                        || (offered.Contains((side, null)) && answer is not "own-act");
                    Assert.Equal(isOffered, answer is "admitted");
                    admitted += isOffered ? 1 : 0;
                }
            }
        }

        Assert.Equal(14, admitted);
    }

    [Fact]
    public void What_was_filed_on_weights_is_withdrawn_by_its_filer_or_voided()
    {
        var (given, parent, _) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        var found = given.Found("cirrus", parent, "a file", Prints.Of(1, variant: 2));
        var act = new ActId(given.File("cirrus", found, Given.Place));
        var withdraw = new Withdraw { Target = act, Reason = "It was another file." };

        Assert.Equal("not-permitted", given.Answer("aurora", withdraw));
        given.FileJointly(
            "officer-a-1",
            "officer-b-1",
            new VoidAct
            {
                Joint = given.Joint(JointKind.Institutions),
                Target = act,
                Reason = "The file is another.",
            }
        );

        Assert.Null(Recognition.StandingOf(given.World, found.Files[0]));
        Assert.NotNull(MatchAt(given, act.Index).EndedBy);
        Assert.Equal("already-withdrawn", given.Answer("cirrus", withdraw));
    }

    [Fact]
    public void A_figure_counts_only_while_both_fingerprints_stand()
    {
        var (given, parent, child) = Related();
        var act = given.File("delta", given.Compared("delta", child, parent));
        var print = given.World.Lineage.Weights.PrintsOf(child).Single().Id;

        given.File("borealis", new Withdraw { Target = print, Reason = "Of another file." });

        Assert.Null(Recognition.FigureOf(given.World, MatchAt(given, act)));
        Assert.False(Recognition.Bears(given.World, MatchAt(given, act)));
    }

    private static Match MatchAt(Given given, long act) => given.World.Lineage.Weights.Matches[act];

    private static void Refuses(
        Given given,
        string signer,
        Act act,
        string code,
        string where,
        SealedPart? part = null
    )
    {
        var refusal = given.Refusal(signer, act, part);
        Assert.Equal((code, where), (refusal.Code, refusal.Where));
    }

    /// <summary>Two releases without fingerprints.</summary>
    private static (Given Given, ReleaseId Parent, ReleaseId Child) Strangers()
    {
        var given = Given.Parties();
        var parent = given.Publish("aurora", given.Register("aurora"), "tern");
        var child = given.Publish("borealis", given.Register("borealis", "Gull 2"), "gull");
        return (given, parent, child);
    }

    /// <summary>Two releases whose fingerprints are those of relatives.</summary>
    private static (Given Given, ReleaseId Parent, ReleaseId Child) Related()
    {
        var (given, parent, child) = Strangers();
        given.File("aurora", given.Print("aurora", parent, Prints.Of(1)));
        given.File("borealis", given.Print("borealis", child, Prints.Of(1, variant: 1)));
        return (given, parent, child);
    }
}
