namespace Concord.Authority.Foundation;

/// <summary>
/// Where an authority keeps what is its own. One server at a time holds the folder; everybody else
/// only reads what is public in it.
/// </summary>
public sealed class DataFolder
{
    private const UnixFileMode Private =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private const UnixFileMode PrivateFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A folder by its path, which need not exist yet.</summary>
    public DataFolder(string path) => Path = System.IO.Path.GetFullPath(path);

    /// <summary>The full path.</summary>
    public string Path { get; }

    /// <summary>How the command line finds the authority: <see cref="AuthorityFile"/>.</summary>
    public string AuthorityFile => System.IO.Path.Combine(Path, "authority.json");

    /// <summary>The keys that this machine holds, one file per purpose.</summary>
    public string Keys => System.IO.Path.Combine(Path, "keys");

    /// <summary>The log as it is served: checkpoint and tiles.</summary>
    public string Log => System.IO.Path.Combine(Path, "log");

    /// <summary>Entries, contents and the head of the log.</summary>
    public string Database => System.IO.Path.Combine(Path, "authority.db");

    /// <summary>
    /// What was answered: signed roots of receipts and refusals. Kept apart from the log: losing it
    /// loses no act, and signed roots can be made again.
    /// </summary>
    public string Answers => System.IO.Path.Combine(Path, "answers.db");

    /// <summary>Applications for admission, which are no acts: losing them loses none.</summary>
    public string Applications => System.IO.Path.Combine(Path, "applications.db");

    /// <summary>Answers of forms that somebody has begun, sealed by codes kept nowhere.</summary>
    public string Drafts => System.IO.Path.Combine(Path, "drafts.db");

    /// <summary>Attachments that were sent before their act.</summary>
    public string Uploads => System.IO.Path.Combine(Path, "uploads");

    /// <summary>
    /// Where parties are told of what concerns them, and what has not arrived: personal data, in no
    /// backup.
    /// </summary>
    public string Notices => System.IO.Path.Combine(Path, "notices.db");

    /// <summary>
    /// The index by which weights are known again. It is made of the log, is in no backup, and may
    /// be deleted while no server runs.
    /// </summary>
    public string WeightsIndex => System.IO.Path.Combine(Path, "weights-index");

    /// <summary>Which server takes mail, where the command line does not say it.</summary>
    public string Mail => System.IO.Path.Combine(Path, "mail.json");

    /// <summary>The views' digests to which the next build must fold the log.</summary>
    public string Views => System.IO.Path.Combine(Path, "views.json");

    /// <summary>Which folder this is, so that a copy of it is known for one.</summary>
    public string Place => System.IO.Path.Combine(Path, "place");

    /// <summary>Which witnesses are asked and how many must cosign (C2SP tlog-policy).</summary>
    public string WitnessPolicy => System.IO.Path.Combine(Path, "witness.policy");

    /// <summary>The newest checkpoint that reached its quorum of witnesses.</summary>
    public string Witnessed => System.IO.Path.Combine(Path, "witnessed");

    /// <summary>The folders of the witnesses that a sandbox runs by itself.</summary>
    public string Witnesses => System.IO.Path.Combine(Path, "witnesses");

    // What the kernel says of a disk, which the platform hands on as it is (errno).
    private const int DiskFull = 28;
    private const int DiskForReading = 30;

    private string LockFile => System.IO.Path.Combine(Path, "lock");

    /// <summary>Whether an authority was founded here.</summary>
    public bool IsFounded => File.Exists(AuthorityFile);

    /// <summary>Creates the folder, readable by its owner alone.</summary>
    public void Create()
    {
        CreatePrivate(Path);
        CreatePrivate(Keys);
    }

    /// <summary>Takes the folder for one server until the result is disposed.</summary>
    /// <exception cref="DataFolderInUseException">Another server holds it.</exception>
    public IDisposable Lock()
    {
        try
        {
            return new FileStream(
                LockFile,
                new FileStreamOptions
                {
                    Mode = FileMode.OpenOrCreate,
                    Access = FileAccess.ReadWrite,
                    Share = FileShare.None,
                    UnixCreateMode = PrivateFile,
                }
            );
        }
        catch (IOException e)
            when (e is not (DirectoryNotFoundException or FileNotFoundException)
                && e.HResult is not (DiskFull or DiskForReading)
            )
        {
            throw new DataFolderInUseException(Path, e);
        }
    }

    /// <summary>Writes a file that only its owner may read; refuses to overwrite one.</summary>
    public static void WritePrivate(string path, string text)
    {
        using var stream = new FileStream(
            path,
            new FileStreamOptions
            {
                Mode = FileMode.CreateNew,
                Access = FileAccess.Write,
                UnixCreateMode = PrivateFile,
            }
        );
        using var writer = new StreamWriter(stream);
        writer.Write(text);
    }

    /// <summary>
    /// Makes a file that only its owner may read where there is none, and takes the rights of
    /// others where there is: what SQLite lays beside a database is as it is.
    /// </summary>
    /// <returns>The path.</returns>
    public static string Own(string path)
    {
        if (File.Exists(path))
        {
            File.SetUnixFileMode(path, PrivateFile);
        }
        else
        {
            WritePrivate(path, "");
        }

        return path;
    }

    /// <summary>Creates a folder that only its owner may read.</summary>
    public static void CreatePrivate(string path)
    {
        if (!Directory.Exists(path))
        {
            Directory.CreateDirectory(path, Private);
        }
    }
}
