namespace Concord.Measures.Weights;

/// <summary>In which coordinates the vectors of a unit are seen.</summary>
public enum UnitBasis
{
    /// <summary>
    /// The coordinates as stored: survives nothing done to the stream, and any vocabulary.
    /// </summary>
    Stored = 0,

    /// <summary>
    /// Against rows of the output vocabulary: survives any rotation of the stream.
    /// </summary>
    Output = 1,

    /// <summary>
    /// Against rows of the input vocabulary: survives rotation, and another output table.
    /// </summary>
    Input = 2,

    /// <summary>
    /// Along the path from the network's input: survives reordered channels before it.
    /// </summary>
    Path = 3,
}
