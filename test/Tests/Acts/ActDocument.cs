using System.Text;
using System.Text.Json.Nodes;
using Concord.Acts;

namespace Concord.Tests.Acts;

/// <summary>A kind of document that a party writes: an act, or the sealed part of one.</summary>
/// <param name="Type">The row of the act's type.</param>
/// <param name="IsPart">Whether it is the sealed part.</param>
internal sealed record ActDocument(ActType Type, bool IsPart)
{
    /// <summary>Every kind, acts first.</summary>
    public static IReadOnlyList<ActDocument> All { get; } =
    [
        .. ActTable.Rows.Select(row => new ActDocument(row, IsPart: false)),
        .. ActTable
            .Rows.Where(row => row.SealedPart is not null)
            .Select(row => new ActDocument(row, IsPart: true)),
    ];

    /// <summary>
    /// The name, for example <c>network/site</c> or <c>network/site.sealed-part</c>.
    /// </summary>
    public string Name => Type.Name[..^2] + (IsPart ? ".sealed-part" : "");

    /// <summary>The published schema, without its descriptions.</summary>
    public JsonObject Schema =>
        JsonNode.Parse(IsPart ? ActSchema.OfPart(Type)! : ActSchema.Of(Type))!.AsObject();

    /// <summary>The good example.</summary>
    public byte[] Example =>
        IsPart
            ? ActJson.Write(ExampleActs.Parts[Type.Name])
            : ActJson.Write(ExampleActs.All[Type.Name]);

    /// <summary>The good example with every member that the schema knows, at every depth.</summary>
    public ActText Fullest => new(Encoding.UTF8.GetBytes(Grafts.Fill(Example, Schema)));

    public static ActDocument Of(string name) =>
        All.First(one => string.Equals(one.Name, name, StringComparison.Ordinal));

    /// <summary>The one problem of a document; null when there is none.</summary>
    public ActFault? FaultOf(string json) => FaultOf(Encoding.UTF8.GetBytes(json));

    /// <summary>The one problem of a document; null when there is none.</summary>
    public ActFault? FaultOf(byte[] json)
    {
        ActFault? fault;
        _ = IsPart
            ? ActJson.TryParsePart(Type, json, out _, out fault)
            : ActJson.TryParse(json, out _, out fault);
        return fault;
    }
}
