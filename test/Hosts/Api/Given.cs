using System.Security.Cryptography;
using Concord.Acts;
using Concord.Acts.Registry;
using Concord.Ledger;

namespace Concord.Hosts.Api;

/// <summary>Acts as a party would write them.</summary>
internal static class Given
{
    public const string Salt = "AAECAwQFBgcICQoLDA0ODw";

    public static RegisterModel Model(PartyId developer, string name) =>
        new()
        {
            Developer = developer,
            Name = name,
            TrainingCompute = [],
            ModalityOut = ["text"],
            Training = new() { State = TrainingState.Planned },
            IntendedRelease = new() { Weights = WeightsAccess.Closed },
        };

    public static Release Release(ModelId model, DateOnly day) =>
        new()
        {
            Model = model,
            Name = "weights",
            Weights =
            [
                new()
                {
                    Digest = new(RandomNumberGenerator.GetBytes(Digest.Size)),
                    Format = "safetensors",
                    SizeBytes = 1_000,
                },
            ],
            Licence = "Apache-2.0",
            Access = WeightsAccess.Open,
            ReleasedOn = day,
        };

    public static Deploy Deployment(ReleaseId release, PartyId host) =>
        new()
        {
            Salt = Salt,
            Release = release,
            Host = host,
            Service = "https://service.example.invalid",
            Country = "CH",
            Purpose = "Translation",
            UsersMagnitude = 3,
            From = new(2026, 3, 1),
        };

    /// <summary>16 random bytes and a file, with the entry that names them.</summary>
    public static (Attachment Entry, ReadOnlyMemory<byte> Bytes) File(
        string name,
        Visibility visibility,
        int length = 100
    )
    {
        var bytes = RandomNumberGenerator.GetBytes(16 + length);
        return (
            new()
            {
                Digest = Digest.Of(bytes),
                MediaType = "application/pdf",
                Visibility = visibility,
                Name = name,
            },
            bytes
        );
    }
}
