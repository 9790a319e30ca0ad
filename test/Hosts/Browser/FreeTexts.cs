using System.Collections;
using System.Reflection;
using Concord.Acts;

namespace Concord.Hosts.Browser;

/// <summary>The members of acts that strangers write freely, found by their attributes.</summary>
internal static class FreeTexts
{
    // Texts that roots write, that are words of a list, or reasons of acts that need a day's
    // outage or a stolen key; pages show all reasons by the same line.
    private static readonly HashSet<string> s_otherwise = new(StringComparer.Ordinal)
    {
        "AuthorityName.Name",
        "Institution.Title",
        "DelegateAct.Acts",
        "ResumeClock.Reason",
        "Outage.Reason",
        "Confirm.Reason",
    };

    /// <summary>The free texts of public acts that none of what was filed has.</summary>
    public static IEnumerable<string> Missing(IEnumerable<object> acts)
    {
        var filled = acts.SelectMany(FilledIn).ToHashSet(StringComparer.Ordinal);
        return ActTable
            .Rows.Where(row => row.Form != ActForm.Sealed)
            .SelectMany(row => MembersOf(row.Record, []))
            .Where(one => !s_otherwise.Contains(one))
            .Except(filled, StringComparer.Ordinal);
    }

    // Members of an act that are free text, as Record.Member, however deep.
    private static IEnumerable<string> MembersOf(Type record, HashSet<Type> seen)
    {
        if (!seen.Add(record))
        {
            yield break;
        }

        foreach (var member in record.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (member.CustomAttributes.Any(IsFreeText))
            {
                yield return $"{member.DeclaringType!.Name}.{member.Name}";
            }

            var inner =
                member.PropertyType.IsGenericType
                && member.PropertyType.IsAssignableTo(typeof(IEnumerable))
                    ? member.PropertyType.GetGenericArguments()[0]
                    : member.PropertyType;
            if (inner.Assembly == typeof(Act).Assembly)
            {
                foreach (var one in MembersOf(inner, seen))
                {
                    yield return one;
                }
            }
        }
    }

    private static bool IsFreeText(CustomAttributeData one) =>
        one.AttributeType.Name is "TextAttribute"
        && one.NamedArguments.All(argument => argument.MemberName is not "Form");

    // Members of what was filed that have the hostile text.
    private static IEnumerable<string> FilledIn(object? filed)
    {
        if (filed is null or string || filed.GetType().Assembly != typeof(Act).Assembly)
        {
            yield break;
        }

        foreach (
            var member in filed.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
        )
        {
            if (member.GetIndexParameters().Length > 0)
            {
                continue;
            }

            var value = member.GetValue(filed);
            var items =
                value is string ? [value] : (value as IEnumerable)?.Cast<object?>() ?? [value];
            foreach (var item in items)
            {
                if (
                    item is string text
                    && text.StartsWith(HostileFilings.Text[..60], StringComparison.Ordinal)
                )
                {
                    yield return $"{member.DeclaringType!.Name}.{member.Name}";
                }

                foreach (var one in FilledIn(item))
                {
                    yield return one;
                }
            }
        }
    }
}
