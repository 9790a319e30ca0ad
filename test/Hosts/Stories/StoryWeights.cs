using Concord.Measures.Weights;
using Concord.Zoo;
using Concord.Zoo.Changes;
using Concord.Zoo.Files;

namespace Concord.Hosts.Stories;

/// <summary>
/// The weights of the story on copies under other names: a small network, and what somebody made of
/// it: four bits by the rules of Q4_K, and four bits by other rules with its units in another
/// order.
/// </summary>
internal static class StoryWeights
{
    /// <summary>The folder in which they lie.</summary>
    public const string Folder = "weights";

    /// <summary>Puts them where commands run.</summary>
    public static void Put(string work)
    {
        var folder = Directory.CreateDirectory(Path.Combine(work, Folder)).FullName;
        var net = Untrained.Llama(1, width: 256, hidden: 512);
        Keep("tern-1.safetensors", SafetensorsFile.Write(net));
        Keep("kitten.gguf", GgufFile.Write(net, ElementType.Q4_K));
        Keep(
            "pocket.safetensors",
            SafetensorsFile.Write(
                Roughened.Int4(Renamed.Scrambled(Rearranged.Hidden(net, 7), 3)),
                ElementType.F16
            )
        );

        void Keep(string name, byte[] bytes) =>
            File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }
}
