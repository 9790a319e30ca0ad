namespace Concord.Authority.Web.Feeds;

/// <summary>A list of acts that somebody may follow.</summary>
/// <param name="Path">Its own address on this site.</param>
/// <param name="Title">What it lists.</param>
/// <param name="Page">The page that shows the same to people.</param>
/// <param name="Acts">Log indices, newest first.</param>
public sealed record Feed(string Path, string Title, string Page, IEnumerable<long> Acts);
