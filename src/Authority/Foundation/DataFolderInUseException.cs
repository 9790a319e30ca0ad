namespace Concord.Authority.Foundation;

/// <summary>Another server holds the data folder: two of them would fork the log.</summary>
public sealed class DataFolderInUseException : IOException
{
    internal DataFolderInUseException(string path, Exception inner)
        : base(
            $"Another server holds the data folder {path}. One log has one writer: stop that "
                + "server first, or start this one with another folder (--data DIR).",
            inner
        ) { }
}
