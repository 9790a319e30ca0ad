namespace Concord.Authority.Web.Tables;

/// <summary>How the register may be ordered.</summary>
public enum RegisterOrder
{
    /// <summary>By training compute, largest first; models without a figure last.</summary>
    Compute,

    /// <summary>By day of publication, newest first.</summary>
    Date,

    /// <summary>By name.</summary>
    Name,

    /// <summary>By the day of filing, newest first.</summary>
    Filed,

    /// <summary>
    /// By how well name and makers match what is searched for, then by compute; without a search,
    /// by compute.
    /// </summary>
    Match,
}
