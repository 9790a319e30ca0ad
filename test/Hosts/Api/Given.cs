using Concord.Acts;
using Concord.Acts.Registry;

namespace Concord.Hosts.Api;

/// <summary>Acts as a party would write them.</summary>
internal static class Given
{
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
}
