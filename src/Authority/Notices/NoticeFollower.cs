using Concord.Acts;
using Concord.Acts.Network;
using Concord.Acts.Registry;
using Concord.Authority.Admission;
using Concord.Authority.Web;
using Concord.Authority.Web.Deadlines;
using Concord.Authority.Web.Languages;
using Concord.Measures;
using Concord.Rooms;
using Concord.Stores;
using static Concord.Authority.Web.Languages.Speech;

namespace Concord.Authority.Notices;

/// <summary>
/// Makes notices out of the log, entry by entry from where it last was, and out of what is due.
/// The place in the log is kept with the notices: nothing is missed and nothing made twice.
/// </summary>
/// <param name="authority">Whose log.</param>
/// <param name="due">What is due by a time that is public.</param>
internal sealed class NoticeFollower(RunningAuthority authority, DueList due)
{
    private const int EntriesAtOnce = 512;

    // Under load filing has the processors; what is left is made when it is over.
    private const int EntriesInPass = 1_024;
    private const int EntriesUnkept = 8_192;
    private static readonly TimeSpan s_day = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_week = TimeSpan.FromDays(7);

    // What passes while the server is down is still told if it was known before.
    private static readonly TimeSpan s_known = TimeSpan.FromDays(60);

    private static readonly Type[] s_silent = [typeof(Tick), typeof(ReadRoot), typeof(RefusalRoot)];

    private readonly NoticeStore _store = authority.Notices.Store;
    private IReadOnlyList<Language> _languages = [];
    private Instant? _looked;
    private long? _place;
    private long _kept;

    /// <summary>Makes the notices of what was logged since.</summary>
    public void Follow()
    {
        var snapshot = authority.Intake.Current;
        _languages = [.. _store.Languages().Select(Language.Find).OfType<Language>()];
        FollowLog(snapshot);
        var now = authority.Now;
        if (_looked is not { } looked || now - looked >= authority.Notices.Options.DueEvery)
        {
            _looked = now;
            authority.Notices.Forget();
            FollowDue(snapshot.World, now);
        }
    }

    // What made no notice is read again after a restart and makes none: its place needs no disk.
    private void FollowLog(Snapshot snapshot)
    {
        if (_place is not { } place)
        {
            place = Math.Min(_store.Place ?? snapshot.Size, snapshot.Size);
            _store.Keep(place, []);
            _kept = place;
        }

        var last = Math.Min(place + EntriesInPass, snapshot.Size);
        while (place < last)
        {
            var end = Math.Min(place + EntriesAtOnce, last);
            List<KeptNotice> notices = [.. NoticesOf(snapshot, place, end)];
            if (notices.Count > 0 || end - _kept > EntriesUnkept)
            {
                _store.Keep(end, notices);
                _kept = end;
            }

            place = end;
        }

        _place = place;
    }

    private IEnumerable<KeptNotice> NoticesOf(Snapshot snapshot, long from, long to)
    {
        for (var index = from; index < to; index++)
        {
            if (s_silent.Contains(authority.Index.TypeOf(index).Record))
            {
                continue;
            }

            var at = authority.Index.TickOf(index)?.ToString() ?? "";
            var logged = authority.Contents.Act(index);
            foreach (var one in NoticeMaker.Of(snapshot.World, logged, at, _languages))
            {
                yield return one;
            }
        }
    }

    private void FollowDue(World world, Instant now)
    {
        var known = _store.Deadlines().ToDictionary(one => (one.Party, one.Key));
        var (kept, notices) = (new List<KeptDeadline>(), new List<KeptNotice>());
        foreach (var line in Lines(world).Where(line => line.At - now <= s_known))
        {
            known.Remove((line.Party, line.Key), out var before);
            var told = string.Equals(before?.At, line.At.ToString(), StringComparison.Ordinal)
                ? before!.Told
                : 0;
            var stage =
                line.At <= world.At ? 3
                : line.At - now <= s_day ? 2
                : line.At - now <= s_week ? 1
                : 0;
            var deadline = new KeptDeadline(
                line.Party,
                line.Key,
                line.At.ToString(),
                line.Says.English,
                line.Href,
                line.Says.Others,
                Math.Max(stage, told)
            );
            if (stage > told)
            {
                notices.Add(Notice(deadline, line.At, now));
            }

            if (deadline != before)
            {
                kept.Add(deadline);
            }
        }

        // What is not due any more: it has passed, or it was dealt with in time.
        foreach (var (_, one) in known.Where(one => one.Value.Told < 3))
        {
            if (Instant.TryParse(one.At, out var at) && at <= world.At)
            {
                notices.Add(Notice(one with { Told = 3 }, at, now));
            }
        }

        if (kept.Count > 0 || known.Count > 0 || notices.Count > 0)
        {
            _store.Keep(kept, known.Values, notices);
        }
    }

    private IEnumerable<(
        string Party,
        string Key,
        Instant At,
        NoticeWords Says,
        string Href
    )> Lines(World world)
    {
        var lines = due.Of(world);
        for (var i = 0; i < lines.Count; i++)
        {
            if (lines[i] is { Party: { } party } line)
            {
                // The list is made for each language, in one order.
                var place = i;
                var says = NoticeWords.Of(_languages, () => due.Of(world)[place].What.Plain());
                yield return (
                    $"{party}",
                    $"{line.Kind}|{line.Href}|{says.English}",
                    line.At,
                    says,
                    line.Href
                );
            }
        }

        foreach (
            var question in world.Registry.Questions.All.Values.Where(one => one.Answers is null)
        )
        {
            yield return (
                $"{question.Act.To}",
                $"question|{question.Id}",
                question.Due,
                NoticeWords.Of(
                    _languages,
                    () =>
                        Plainly(
                            $"The question {question.Id} of the authority to you is to be answered"
                        )
                ),
                $"/parties/{question.Act.To}/home"
            );
        }
    }

    private KeptNotice Notice(KeptDeadline deadline, Instant at, Instant now)
    {
        var what = new NoticeWords(deadline.Says, deadline.Others);
        var says = NoticeWords.Of(
            _languages,
            () =>
                deadline.Told == 3
                    ? Plainly($"Passed on {Times.Long(at)}: {what.In(Language.Current)}")
                    : Plainly($"Due {Times.Long(at)}: {what.In(Language.Current)}")
        );
        return new(
            0,
            deadline.Party,
            $"due|{deadline.Key}|{deadline.At}|{deadline.Told}",
            deadline.Told == 3 ? "deadline-passed" : "deadline-near",
            now.ToString(),
            says.English,
            deadline.Href,
            says.Others
        );
    }
}
