namespace Concord.Rooms.Rulebooks;

/// <summary>The type of a fact's value.</summary>
public enum FactKind
{
    /// <summary>Yes or no.</summary>
    Truth,

    /// <summary>One word of a list.</summary>
    Word,

    /// <summary>Several words of a list.</summary>
    Words,

    /// <summary>Free text.</summary>
    Text,

    /// <summary>An interval of whole numbers with a unit.</summary>
    Number,

    /// <summary>A day or an instant.</summary>
    Moment,
}
