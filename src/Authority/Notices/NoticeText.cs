namespace Concord.Authority.Notices;

/// <summary>A message as mail has it.</summary>
/// <param name="Authority">Who sends it.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="At">When it was written.</param>
/// <param name="Body">Its text.</param>
/// <param name="Stop">The address that ends it.</param>
/// <param name="Language">The tag (BCP 47) of its language.</param>
internal sealed record NoticeText(
    string Authority,
    string Subject,
    DateTimeOffset At,
    string Body,
    string Stop,
    string Language
);
