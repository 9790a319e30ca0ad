using System.Text.Json;

namespace Concord.Acts;

/// <summary>A rule that a converter finds broken; the serializer adds the path.</summary>
internal sealed class RuleException(string rule, string detail) : JsonException(detail)
{
    public string Rule { get; } = rule;

    public string Detail { get; } = detail;
}
