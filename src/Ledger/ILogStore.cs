namespace Concord.Ledger;

/// <summary>
/// The durable truth of a log: its entries, the contents that came with them and the newest signed
/// checkpoint. The contract is serializable: what <see cref="Commit"/> returned from is read by
/// every
/// later call of every reader, survives the loss of power, and is there whole or not at all.
/// Entries
/// and heads are never changed and never taken back.
/// </summary>
public interface ILogStore
{
    /// <summary>
    /// Takes the pen: raises the generation durably and returns it. From then on every commit of an
    /// older generation fails, whoever makes it. Where the store can see that another process holds
    /// the pen, it refuses.
    /// </summary>
    /// <exception cref="PenRefusedException">Another process holds the pen.</exception>
    long Claim();

    /// <summary>The newest head; null for a log without entries.</summary>
    LogHead? ReadHead();

    /// <summary>
    /// Stores contents, entries and the next head in one durable transaction, if the generation is
    /// the current one and the stored head is the expected one. Contents that are there already
    /// stay
    /// as they are.
    /// </summary>
    /// <exception cref="LogConflictException">
    /// Generation or head is another: nothing was stored, and the writer has lost the pen.
    /// </exception>
    /// <exception cref="LogUncertainException">
    /// Written, and not confirmed by the disk: the store must be opened anew.
    /// </exception>
    void Commit(LogCommit commit);

    /// <summary>
    /// Reads the entries from one index to another (exclusive), in order. An entry that is missing
    /// ends the reading with an exception; the memory handed to the caller is the caller's.
    /// </summary>
    /// <exception cref="InvalidDataException">An entry in the range is missing.</exception>
    IEnumerable<ReadOnlyMemory<byte>> ReadEntries(long from, long to);

    /// <summary>The content with this SHA-256; null where there is none.</summary>
    ReadOnlyMemory<byte>? ReadContent(Digest digest);
}
