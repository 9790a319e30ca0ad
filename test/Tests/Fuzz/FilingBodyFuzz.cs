using System.Text;
using Concord.Authority.Api;
using Concord.Ledger;
using Concord.Tests.Cose;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace Concord.Tests.Fuzz;

public sealed class FilingBodyFuzz
{
    private const string Boundary = "b0undary";

    private static readonly HashSet<Digest> s_named =
    [
        Digest.Of(new byte[40]),
        Digest.Of(new byte[17]),
    ];

    [Fact]
    public void No_bent_request_throws_anything_but_what_a_broken_body_is_answered_with() =>
        FuzzRun.Of(
            [
                Body(("statement", CoseGiven.Signed())),
                Body(
                    ("statement", CoseGiven.Signed(envelope: true)),
                    ("act", CoseGiven.Act),
                    ("sealed_part", "{}"u8.ToArray()),
                    ("attachment", new byte[40]),
                    ("attachment", new byte[17])
                ),
            ],
            input =>
            {
                var context = new DefaultHttpContext();
                context.Request.ContentType = $"multipart/form-data; boundary={Boundary}";
                context.Request.Body = new MemoryStream(input);
                try
                {
                    var (received, problem) = FilingBody
                        .ReadAsync(
                            context.Request,
                            (_, _) => (s_named, null),
                            CancellationToken.None
                        )
                        .GetAwaiter()
                        .GetResult();
                    Assert.True(received is null != problem is null);
                }
                catch (Exception broken) when (broken is InvalidDataException or IOException)
                {
                    // Answered as bad-multipart.
                }
            }
        );

    private static byte[] Body(params (string Name, byte[] Bytes)[] parts)
    {
        using var body = new MemoryStream();
        foreach (var (name, bytes) in parts)
        {
            body.Write(
                Encoding.ASCII.GetBytes(
                    $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n"
                )
            );
            body.Write(bytes);
            body.Write("\r\n"u8);
        }

        body.Write(Encoding.ASCII.GetBytes($"--{Boundary}--\r\n"));
        return body.ToArray();
    }
}
