using System.Text;
using Concord.Acts;

namespace Concord.Bench.Http;

/// <summary>Requests in a file, each with its length before it.</summary>
internal static class RequestFile
{
    private const string Boundary = "concord-bench";

    /// <summary>Writes filings as the requests that file them.</summary>
    public static void Write(string path, IEnumerable<Received> acts) =>
        Write(path, acts.Select(Filing));

    /// <summary>Writes requests.</summary>
    public static void Write(string path, IEnumerable<byte[]> requests)
    {
        using var writer = new BinaryWriter(File.Create(path));
        foreach (var request in requests)
        {
            writer.Write(request.Length);
            writer.Write(request);
        }
    }

    /// <summary>Reads all of them.</summary>
    public static IReadOnlyList<byte[]> Read(string path)
    {
        var requests = new List<byte[]>();
        using var reader = new BinaryReader(File.OpenRead(path));
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            requests.Add(reader.ReadBytes(reader.ReadInt32()));
        }

        return requests;
    }

    /// <summary>Reads some of them.</summary>
    public static IReadOnlyList<byte[]> Read(string path, int skip, int count)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        for (var i = 0; i < skip; i++)
        {
            reader.BaseStream.Seek(reader.ReadInt32(), SeekOrigin.Current);
        }

        var requests = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            requests[i] = reader.ReadBytes(reader.ReadInt32());
        }

        return requests;
    }

    private static byte[] Filing(Received act)
    {
        if (act.Document is not { } document)
        {
            return RawClient.Post("/acts", "application/cose", act.Statement.Span);
        }

        return Form(("statement", act.Statement), ("act", document));
    }

    /// <summary>A filing in parts.</summary>
    public static byte[] Form(params ReadOnlySpan<(string Name, ReadOnlyMemory<byte> Bytes)> parts)
    {
        using var body = new MemoryStream();
        foreach (var (name, bytes) in parts)
        {
            body.Write(Part(name));
            body.Write(bytes.Span);
            body.Write("\r\n"u8);
        }

        body.Write(Encoding.ASCII.GetBytes($"--{Boundary}--\r\n"));
        return RawClient.Post(
            "/acts",
            $"multipart/form-data; boundary={Boundary}",
            body.GetBuffer().AsSpan(0, (int)body.Length)
        );
    }

    private static byte[] Part(string name) =>
        Encoding.ASCII.GetBytes(
            $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n"
        );
}
