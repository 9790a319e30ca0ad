using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Concord.Acts;

/// <summary>
/// The options of <see cref="ActJsonContext"/> as used: texts are written as they are (no page
/// embeds these bytes raw), and optional lists that are empty are left out.
/// </summary>
internal static class ActJsonOptions
{
    public static readonly JsonSerializerOptions Strict = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(ActJsonContext.Default.Options)
        {
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            TypeInfoResolver = ActJsonContext.Default.WithAddedModifier(LeaveOutEmptyLists),
        };
        options.MakeReadOnly();
        return options;
    }

    private static void LeaveOutEmptyLists(JsonTypeInfo type)
    {
        foreach (var property in type.Properties)
        {
            if (!property.IsRequired && IsList(property.PropertyType))
            {
                property.ShouldSerialize = (_, value) => value is ICollection { Count: > 0 };
            }
        }
    }

    private static bool IsList(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>);
}
