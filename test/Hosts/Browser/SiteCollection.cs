using Xunit;

namespace Concord.Hosts.Browser;

/// <summary>Tests that look at the same site with the same browser.</summary>
[CollectionDefinition]
public sealed class SiteCollection : ICollectionFixture<BrowsedSite>;
