using Concord.Acts.Network;
using Concord.Authority.Api;
using Concord.Ledger;
using Concord.Measures;
using Concord.Rooms;

namespace Concord.Authority.Admission;

// The serial loop: gathers, judges, commits, answers.
public sealed partial class Intake
{
    private void Run()
    {
        var batch = new List<Waiting>();
        while (true)
        {
            _wake.WaitOne();
            do
            {
                Gather(batch.Count);
                Take(batch);
                Commit(batch);
            } while (batch.Count > 0);

            CollectWhenQuiet();

            if (_stopping && _queue.Reader.Count == 0)
            {
                return;
            }
        }
    }

    // Woken by nothing but the timer: nobody waits for the disk just now. Files are deleted only
    // once it has been quiet for a while, because a file system may be slow to make new ones for a
    // minute after (ext4 without a journal passes over every inode that was freed just before).
    private void CollectWhenQuiet()
    {
        if (IsLost())
        {
            return;
        }

        var size = _current.Size;
        if (size != _quietAt || _closed is not null)
        {
            (_quietAt, _quietSince) = (size, _time.GetTimestamp());
            return;
        }

        _erasures.Carry([]);
        if (_time.GetElapsedTime(_quietSince) >= s_quiet)
        {
            _sequencer.Collect();
        }
    }

    // A commit costs the same for one act as for many. After a large batch another is on its way
    // through the gate: a moment's waiting for half as many takes nothing from anybody.
    private void Gather(int last)
    {
        if (last < GatheredFrom || _stopping)
        {
            return;
        }

        var began = _time.GetTimestamp();
        while (_queue.Reader.Count < last / 2 && _time.GetElapsedTime(began) < s_gathering)
        {
            _wake.WaitOne(millisecondsTimeout: 1);
        }
    }

    private void Take(List<Waiting> batch)
    {
        batch.Clear();
        if (_founding is { } founding)
        {
            _founding = null;
            batch.AddRange(founding);
            return;
        }

        var bytes = 0;
        while (
            batch.Count < _limits.BatchEntriesMax
            && bytes < _limits.BatchBytesMax
            && _queue.Reader.TryRead(out var waiting)
        )
        {
            batch.Add(waiting);
            bytes += waiting.Bytes;
        }
    }

    private void Commit(List<Waiting> batch)
    {
        if (_closed is { } closed)
        {
            batch.ForEach(waiting => waiting.Answer(new Ruling.NotTaken(closed)));
            return;
        }

        var started = _time.GetTimestamp();
        var draft = new Draft(_current.World, _ring, _logger);
        var isFounding = draft.World.Size == 0;
        if (!isFounding)
        {
            _clock.TickWhenDue(draft, Now, hasActs: batch.Count > 0);
            AddRoots(draft);
        }

        var stands = !isFounding && Standing(draft.World);
        foreach (var waiting in batch)
        {
            if (stands && waiting.Signed.Act is not ResumeClock)
            {
                waiting.Answer(new Ruling.NotTaken(ClockProblem(draft.World)));
                continue;
            }

            draft.Add(waiting);
            if (waiting.Signed.Act is ResumeClock)
            {
                _clock.TickWhenDue(draft, Now, hasActs: true);
                AddRoots(draft);
                stands = !isFounding && Standing(draft.World);
            }
        }

        if (isFounding && draft.World.Network.IsFounded)
        {
            _clock.TickWhenDue(draft, Now, hasActs: true);
        }

        if (draft.Entries.Count == 0)
        {
            draft.Answer(root: null);
        }
        else if (isFounding && !draft.World.Network.HasTicked)
        {
            draft.Fail(new(Problems.Internal, "genesis needs t signatures at once and a tick"));
        }
        else
        {
            Append(draft, started);
        }
    }

    private void AddRoots(Draft draft)
    {
        if (!Standing(draft.World))
        {
            _roots.AddWhenDue(draft);
        }
    }

    private bool Standing(World world) => _clock.Stands(world, Now);

    // Files are written by their paths: where the folder was deleted or replaced under a running
    // server, its next commit would go into another's log.
    private bool IsLost()
    {
        if (_closed is null && !_isHere())
        {
            _logger.FolderGone();
            _closed = new(
                Problems.LogStopped,
                "the data folder was deleted, or another lies in its place"
            );
        }

        return _closed is not null;
    }

    private void Append(Draft draft, long started)
    {
        if (IsLost())
        {
            draft.Fail(_closed!);
            return;
        }

        try
        {
#pragma warning disable RS0030 // The one pen: everything that enters the log enters here.
            var batch = _sequencer.Append(draft.Entries, _ring.LogOf(draft.World.Network));
#pragma warning restore RS0030
            var now = new Snapshot(draft.World, batch.Head);
            var root = _receipts.Sign(now);
            draft.Index(_index);
            _current = now;
            if (draft.ChangesKeys)
            {
                _keysChanged(now.World);
            }

            _erasures.Carry(draft.Erased);
            draft.Answer(root);
            _telemetry.Committed(draft.Entries.Count, _time.GetElapsedTime(started));
        }
        catch (SequencerException e) when (!e.IsFatal)
        {
            _logger.CommitFailed(e, draft.Entries.Count);
            draft.Fail(
                _isFull()
                    ? new(Problems.StorageFull, "the disk of the log is nearly full")
                    {
                        RetryAfter = TimeSpan.FromMinutes(5),
                    }
                    : new(Problems.StoreFailed, "the commit failed")
                    {
                        RetryAfter = _limits.RetryAfter,
                    }
            );
        }
#pragma warning disable CA1031 // Whatever failed here, the state of the log is unknown: stop writing.
        catch (Exception e)
#pragma warning restore CA1031
        {
            _logger.SequencerStopped(e, draft.Entries.Count);
            _closed = new(Problems.LogStopped, "the sequencer has stopped") { Logged = null };
            draft.Fail(_closed);
        }
    }

    private static Problem ClockProblem(World world) =>
        new(Problems.ClockStopped, $"the last tick is {world.At}")
        {
            RetryAfter = TimeSpan.FromMinutes(5),
        };
}
