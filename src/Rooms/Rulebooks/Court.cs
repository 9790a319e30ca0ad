using Concord.Measures;

namespace Concord.Rooms.Rulebooks;

/// <summary>One rulebook, one subject, one moment: judges its duties.</summary>
internal sealed class Court
{
    private readonly Rulebook _book;
    private readonly DateOnly? _appliesFrom;
    private readonly FactLookup _facts;
    private readonly TimeJudge _times;
    private readonly ConditionJudge _judge;
    private readonly Explainer _explainer;

    public Court(
        Rulebook book,
        FactSheet facts,
        Instant at,
        DateOnly? appliesFrom,
        IReadOnlyList<OutageRecord>? outages = null
    )
    {
        _book = book;
        _appliesFrom = book.ByAdoption ? appliesFrom : null;
        _facts = new(book, facts, at);
        // An authority stops its own clocks, not a legislature's.
        _times = new(book, _facts, book.ByAdoption ? outages ?? [] : []);
        _judge = new(book, _facts, _times);
        _explainer = new(book, _facts, _judge);
    }

    public Answer Judge(Condition condition) => _judge.Judge(condition);

    public HeadlineAnswer Headline()
    {
        if (_book.Headline is not { } headline)
        {
            return new(Answer.Undetermined, Answer.Undetermined, NoFigure: false, null);
        }

        var facts = _judge.Judge(new Condition.Defined(headline.Definition));
        var begins = Begins(_book.InForce, _book.Id);
        return new(
            begins.InForce ? facts : Answer.No,
            facts,
            facts is Answer.Undetermined
                && headline.Quantity is { } quantity
                && _facts.Read(quantity).IsUnknown,
            begins.Upcoming
        );
    }

    public ExplanationNode? ExplainHeadline()
    {
        if (_book.Headline is not { } headline)
        {
            return null;
        }

        var begins = Begins(_book.InForce, _book.Id);
        var condition = _explainer.Explain(new Condition.Defined(headline.Definition));
        return new("all", begins.InForce ? condition.Answer : Answer.No, headline.Question)
        {
            Children = [InForceNode(begins), condition],
        };
    }

    public IReadOnlyList<Settling> SettleHeadline() =>
        _book.Headline is { } headline
        && Begins(_book.InForce, _book.Id).InForce
        && _judge.Judge(new Condition.Defined(headline.Definition)) is Answer.Undetermined
            ? Settle([new Condition.Defined(headline.Definition)])
            : [];

    public IReadOnlyList<Settling> SettleOnceInForce() =>
        _book.Headline is { } headline
        && _judge.Judge(new Condition.Defined(headline.Definition)) is Answer.Undetermined
            ? Settle([new Condition.Defined(headline.Definition)])
            : [];

    public DutyAnswer Judge(Duty duty)
    {
        var eventOnRecord = duty.Trigger is null || IsOnRecord(duty);
        List<Condition> parts =
        [
            duty.Condition,
            .. duty.Exempt.Select(e => new Condition.UnlessShown(e.Condition)
            {
                Says = $"Unless it is shown: {e.Says}",
                Cite = e.Cite,
            }),
        ];
        if (duty.Trigger is { } trigger && eventOnRecord)
        {
            parts.Add(trigger);
        }

        var owed = parts.Aggregate(Answer.Yes, (answer, part) => answer.And(_judge.Judge(part)));
        var begins = Begins(duty.InForce ?? _book.InForce, duty.Id);
        var (deferred, certainly) = Deferred(duty);
        var answer =
            !begins.InForce || deferred is not null && certainly ? Answer.No
            : deferred is not null ? owed.And(Answer.Undetermined)
            : owed;
        Moment? upcoming =
            owed is Answer.No || answer is not Answer.No ? null
            : begins.Upcoming is { } day ? Later(Moment.Of(day), deferred)
            : begins.InForce ? deferred
            : null;
        var due = DueOf(duty, eventOnRecord, upcoming, owed);
        return new(duty, answer, owed)
        {
            Due = due,
            Upcoming = upcoming,
            Since = answer is Answer.No ? null : SinceOf(duty),
            Explanation = new("duty", answer, $"{duty.Title}.")
            {
                Cite = _book.Cite(duty.Cite),
                Children =
                [
                    InForceNode(begins),
                    .. DeferralNodes(duty),
                    .. parts.Select(_explainer.Explain),
                ],
                Notes = NotesOf(duty, eventOnRecord, due),
            },
            Settles = answer is Answer.Undetermined ? Settle(parts) : [],
        };
    }

    private Due DueOf(Duty duty, bool eventOnRecord, Moment? upcoming, Answer owed)
    {
        if (owed is Answer.No)
        {
            return Due.None;
        }

        var due = eventOnRecord ? _times.Deadline(duty.Clock) : new(DueKind.AwaitsEvent);
        return
            upcoming is { } start
            && due.Kind is DueKind.By or DueKind.Before or DueKind.Undetermined or DueKind.None
            && !(due.Ends > start.StartIn(_book.Zone))
            ? _times.By(TimeValue.Of(start), DueKind.By, null)
            : due;
    }

    private Moment? SinceOf(Duty duty)
    {
        var first = Moment.Of(FirstDay(duty.InForce ?? _book.InForce));
        foreach (var deferral in duty.NotBefore)
        {
            if (
                (deferral.When is null || _judge.Judge(deferral.When) is Answer.Yes)
                && _times.Value(deferral.Until).Exact is { } began
            )
            {
                first = Later(first, began);
            }
        }

        if (duty.Since is null)
        {
            return first;
        }

        return _times.Value(duty.Since).Earliest is { } since ? Later(first, since) : null;
    }

    private (bool InForce, DateOnly? Upcoming) Begins(Days days, string provision)
    {
        var today = _book.Zone.DayOf(_facts.At);
        var from = FirstDay(days);
        var inForce = today >= from && _judge.IsInForce(provision) is Answer.Yes;
        return (inForce, !inForce && today < from ? from : null);
    }

    private DateOnly FirstDay(Days days) =>
        _appliesFrom is { } adopted && adopted > days.From ? adopted : days.From;

    /// <summary>
    /// The latest of the beginnings that lie ahead, and whether it certainly does.
    /// </summary>
    private (Moment? Until, bool Certainly) Deferred(Duty duty)
    {
        Moment? until = null;
        var certainly = true;
        foreach (var deferral in duty.NotBefore)
        {
            if (deferral.When is { } when && _judge.Judge(when) is not Answer.Yes)
            {
                continue;
            }

            var value = _times.Value(deferral.Until);
            if (value.Latest is { } latest && latest.StartIn(_book.Zone) <= _facts.At)
            {
                continue;
            }

            var ahead = value.Earliest is { } earliest && earliest.StartIn(_book.Zone) > _facts.At;
            until = Later(value.Earliest ?? value.Latest ?? default, until);
            certainly &= ahead;
        }

        return (until, certainly);
    }

    private bool IsOnRecord(Duty duty)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        FactNames.Of(_book, duty.Trigger, names);
        FactNames.Of(duty.Clock, names);
        return names.Any(name => _facts.Facts.States(_facts.NameOf(name), _facts.At));
    }

    private IReadOnlyList<Settling> Settle(IReadOnlyList<Condition> parts) =>
        new Settler(_book, _facts, _times, _judge, parts).Find();

    private static ExplanationNode InForceNode((bool InForce, DateOnly? Upcoming) begins) =>
        new(
            "in_force",
            begins.InForce.ToAnswer(),
            begins.Upcoming is { } day ? $"In force: not before {Explanations.Day(Moment.Of(day))}."
                : begins.InForce ? "In force."
                : "In force: no longer, or suspended."
        )
        {
            Cite = "",
            Threshold = begins.Upcoming is { } from ? Moment.Of(from).ToString() : null,
        };

    private IEnumerable<ExplanationNode> DeferralNodes(Duty duty) =>
        duty.NotBefore.Select(deferral =>
        {
            var value = _times.Value(deferral.Until);
            var begins = Explanations.Day(value.Earliest ?? value.Latest);
            var binds = deferral.When is null || _judge.Judge(deferral.When) is Answer.Yes;
            var passed = value.Latest is { } l && l.StartIn(_book.Zone) <= _facts.At;
            var ahead = value.Earliest is { } e && e.StartIn(_book.Zone) > _facts.At;
            return new ExplanationNode(
                "not_before",
                !binds || passed ? Answer.Yes
                    : ahead ? Answer.No
                    : Answer.Undetermined,
                $"Begins on {begins} for those whom this defers."
            )
            {
                Cite = _book.Cite(deferral.Cite),
                Children = deferral.When is null ? [] : [_explainer.Explain(deferral.When)],
            };
        });

    private static string[] NotesOf(Duty duty, bool eventOnRecord, Due due) =>
        [
            .. new[]
            {
                duty.Note,
                eventOnRecord ? null : "No such event is on record; the duty stands ready.",
                due.Moved > TimeSpan.Zero
                    ? "The authority could not be reached while this time ran: it ends later."
                    : null,
            }.OfType<string>(),
        ];

    private static Moment Later(Moment left, Moment? right) =>
        right is { } other && other > left ? other : left;
}
