namespace Concord.Authority.Api;

/// <summary>
/// The closed list of problems. The pages under <c>/problems/</c> come from it, and a golden file
/// pins it: a code that was given out keeps its meaning.
/// </summary>
public static class Problems
{
    /// <summary>The body is larger than any filing may be.</summary>
    public static readonly ProblemType BodyTooLarge = new(
        "body-too-large",
        "The request is too large",
        413,
        "A filing has at most 64 KiB of statement and 16 MiB in all. Nothing was logged.",
        "Put large files behind attachments of at most 8 MiB each, or file their digests alone."
    );

    /// <summary>The content type is none that can be filed.</summary>
    public static readonly ProblemType UnsupportedMediaType = new(
        "unsupported-media-type",
        "This is not something that can be filed",
        415,
        "Filings come as application/cose (a statement alone) or multipart/form-data (a statement "
            + "with its documents). Nothing was logged.",
        "Send the bytes of the COSE_Sign1 with Content-Type: application/cose."
    );

    /// <summary>The multipart body is not as described.</summary>
    public static readonly ProblemType BadMultipart = new(
        "bad-multipart",
        "The parts of the filing are not as they should be",
        400,
        "A multipart filing has one part `statement`, at most one `act` and one `sealed_part`, and "
            + "at most 16 parts `attachment`. Nothing was logged.",
        "Name the parts so, each once, and send nothing else."
    );

    /// <summary>The statement does not pass the admission gate.</summary>
    public static readonly ProblemType BadStatement = new(
        "bad-statement",
        "The signed statement is not admissible",
        400,
        "The bytes are not a COSE_Sign1 in the form that specs/statements.md asks for, or its "
            + "signature is not its key's. Nothing was logged.",
        "See `where` and `detail`; `concord file` writes admissible statements."
    );

    /// <summary>No key of the register made the signature.</summary>
    public static readonly ProblemType UnknownKey = new(
        "unknown-key",
        "The key is not known here",
        403,
        "The statement names a key that no party, officer or root of this authority has. "
            + "Nothing was logged.",
        "Have your organisation admitted (`concord party new`), or your key added by its "
            + "administrator (network/add-key), or add it by an open invitation of theirs with its "
            + "code (network/invite, `concord key join`)."
    );

    /// <summary>The act is not a strict document of its type.</summary>
    public static readonly ProblemType BadAct = new(
        "bad-act",
        "The act is not what its type asks for",
        400,
        "A member of the act is missing, extra, duplicated, mistyped, too long or contradictory. "
            + "Nothing was logged.",
        "See `where` for the JSON path and `detail`; `concord schema ACT` prints what is asked."
    );

    /// <summary>The documents beside the statement are not those that it names.</summary>
    public static readonly ProblemType BadDocuments = new(
        "bad-documents",
        "The documents do not fit the statement",
        400,
        "A sealed act, sealed part or attachment is missing, surplus, too large or has another "
            + "digest than the statement names. Nothing was logged.",
        "Send exactly the documents that the act names, each as the bytes that were digested."
    );

    /// <summary>The law refuses the act.</summary>
    public static readonly ProblemType Refused = new(
        "refused",
        "The law refuses this act",
        422,
        "The statement is well formed and signed, and the rule named in `rule` does not admit it. "
            + "The refusal is signed and kept for its party. Nothing was logged.",
        "See `remedy`; the facts that decided stand in `facts`."
    );

    /// <summary>Too many requests from one place or by one key.</summary>
    public static readonly ProblemType TooManyRequests = new(
        "too-many-requests",
        "Too many requests",
        429,
        "One address and one key may file only so much in a while. Nothing was logged.",
        "Wait for the seconds in Retry-After and file again."
    );

    /// <summary>More filings wait than may.</summary>
    public static readonly ProblemType QueueFull = new(
        "queue-full",
        "The intake is full",
        503,
        "More filings wait than the authority admits at once. Nothing was logged.",
        "Wait for the seconds in Retry-After and file the same bytes again: a duplicate gets the "
            + "first receipt."
    );

    /// <summary>The clock of the log stands.</summary>
    public static readonly ProblemType ClockStopped = new(
        "clock-stopped",
        "The clock of the log stands",
        503,
        "The last tick is more than two hours old. Until officers of k institutions have signed "
            + "the step, the authority serves reads and admits nothing else. Nothing was logged.",
        "Officers run `concord clock resume`; then file the same bytes again."
    );

    /// <summary>The disk is nearly full.</summary>
    public static readonly ProblemType StorageFull = new(
        "storage-full",
        "The authority's disk is nearly full",
        503,
        "Filings are refused before the disk is full, so that nothing that was receipted is lost. "
            + "Nothing was logged.",
        "The operator frees space; then file the same bytes again."
    );

    /// <summary>The sequencer stopped after a failure.</summary>
    public static readonly ProblemType LogStopped = new(
        "log-stopped",
        "The log takes no entries",
        503,
        "The store failed in a way that leaves its state unknown. Whether this filing was logged "
            + "is known when the server has started again; reads go on.",
        "The operator reads the server's log, runs `concord fsck` and starts the server again; "
            + "then file the same bytes again: if they were logged, you get the first receipt."
    );

    /// <summary>The store failed before anything was durable.</summary>
    public static readonly ProblemType StoreFailed = new(
        "store-failed",
        "The store did not take the entry",
        503,
        "The commit failed before anything was durable. Nothing was logged.",
        "Wait for the seconds in Retry-After and file the same bytes again."
    );

    /// <summary>A view failed on the act.</summary>
    public static readonly ProblemType ViewFailed = new(
        "view-failed",
        "A view cannot take this act",
        500,
        "The act is admitted by the law, and folding it into the views failed: a fault of this "
            + "software. The act was refused so that it cannot harm the log. Nothing was logged.",
        "Tell the operator the `instance`; the fault is in the server's log."
    );

    /// <summary>There is nothing at the address.</summary>
    public static readonly ProblemType NotFound = new(
        "not-found",
        "There is nothing here",
        404,
        "No page, act, model or party of this authority has this address.",
        "Look in the register (/register) or among the acts (/acts)."
    );

    /// <summary>The address does not take this method.</summary>
    public static readonly ProblemType MethodNotAllowed = new(
        "method-not-allowed",
        "This address does not take this method",
        405,
        "The methods that it takes are in the Allow header. Nothing was logged.",
        "Acts are filed with POST /acts; everything else is read with GET."
    );

    /// <summary>No representation that the client accepts.</summary>
    public static readonly ProblemType NotAcceptable = new(
        "not-acceptable",
        "There is no such representation",
        406,
        "This address answers with HTML or JSON, or with the one type of its file.",
        "Ask with Accept: text/html or Accept: application/json."
    );

    /// <summary>A member of the query is not as it should be.</summary>
    public static readonly ProblemType BadQuery = new(
        "bad-query",
        "The question is not well put",
        400,
        "A parameter of the address is unknown, mistyped or out of bounds.",
        "See `where` and `detail`; /openapi/v1.json describes every parameter."
    );

    /// <summary>A name fits several models.</summary>
    public static readonly ProblemType Ambiguous = new(
        "ambiguous",
        "Several models have this name",
        409,
        "The name fits several models; they are listed in `candidates`.",
        "Ask again with the id of the one you mean."
    );

    /// <summary>A key set names keys that the server does not hold.</summary>
    public static readonly ProblemType KeysMissing = new(
        "keys-missing",
        "The server does not hold the keys of this key set",
        503,
        "With this signature a key set would take effect of which the server has no key of some "
            + "purpose, and the log could not go on. Nothing was logged.",
        "Have the operator put the key files into the key folder (`concord key rotate` makes "
            + "them), then file the same signature again; or sign a key set of keys that are there."
    );

    /// <summary>It was here, and an act of the log erased it.</summary>
    public static readonly ProblemType Erased = new(
        "erased",
        "This attachment was erased",
        410,
        "An act of the authority erased the bytes after a request; their digest stays in the log.",
        "Read the act that `detail` names: it says why. Nobody has the bytes here any more."
    );

    /// <summary>Who reads must be known.</summary>
    public static readonly ProblemType SignatureNeeded = new(
        "signature-needed",
        "The request must be signed",
        401,
        "What is asked for is for certain readers alone, and the request does not say who reads, "
            + "by a signature that holds.",
        "Sign the request with a key of your party or office: specs/reading.md says how."
    );

    /// <summary>What a signed request says is not what its address takes.</summary>
    public static readonly ProblemType BadPost = new(
        "bad-post",
        "The signed request does not say what is asked",
        400,
        "A member of `said` is missing, extra, mistyped or too long. Nothing was done.",
        "See `where` and `detail`; specs/reading.md says what each address takes."
    );

    /// <summary>An application does not wait any more.</summary>
    public static readonly ProblemType ApplicationAnswered = new(
        "application-answered",
        "The application was answered already",
        409,
        "It was closed, or its organisation was admitted, before. Nothing was done.",
        "Read those that wait: `concord party applications`."
    );

    /// <summary>Another number of bytes of an upload is here than its sender thinks.</summary>
    public static readonly ProblemType UploadElsewhere = new(
        "upload-elsewhere",
        "The upload is at another place",
        409,
        "Another number of bytes is here than the request goes on from, or another request is "
            + "sending some. None of its bytes were kept.",
        "Ask how many are here (HEAD, Upload-Offset), and go on from there."
    );

    /// <summary>The request was not finished in time, or its form is not HTTP's.</summary>
    public static readonly ProblemType BadRequest = new(
        "bad-request",
        "The request is not well formed",
        400,
        "The request broke off, was too slow or is not HTTP. Nothing was logged.",
        "Send it again."
    );

    /// <summary>Anything that is not recognised; no more is said.</summary>
    public static readonly ProblemType Internal = new(
        "internal",
        "Something went wrong here",
        500,
        "The fault is ours and is in the server's log under the `instance`. Whether the act was "
            + "logged is not known; filing the same bytes again gives the first receipt if it was.",
        "File the same bytes again; if it stays, tell the operator the `instance`."
    );

    /// <summary>All of them, in the order of their codes.</summary>
    public static IReadOnlyList<ProblemType> All { get; } =
    [
        .. new[]
        {
            BodyTooLarge,
            UnsupportedMediaType,
            BadMultipart,
            BadStatement,
            UnknownKey,
            BadAct,
            BadDocuments,
            Refused,
            TooManyRequests,
            QueueFull,
            ClockStopped,
            StorageFull,
            LogStopped,
            StoreFailed,
            ViewFailed,
            KeysMissing,
            NotFound,
            MethodNotAllowed,
            NotAcceptable,
            BadQuery,
            Ambiguous,
            Erased,
            SignatureNeeded,
            BadPost,
            ApplicationAnswered,
            UploadElsewhere,
            BadRequest,
            Internal,
        }.OrderBy(problem => problem.Code, StringComparer.Ordinal),
    ];

    /// <summary>The problem of a refusal's code.</summary>
    public static ProblemType OfRefusal(string code) =>
        Find(code) is { Status: 422 } known ? known : Refused;

    /// <summary>The problem of a code; null when there is none.</summary>
    public static ProblemType? Find(string code) =>
        All.FirstOrDefault(problem => string.Equals(problem.Code, code, StringComparison.Ordinal));
}
