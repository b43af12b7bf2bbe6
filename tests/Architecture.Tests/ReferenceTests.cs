using Platform.Benchmarks.Authentication;

namespace Platform.Architecture.Tests;

/// <summary>What implements a standard says which, and where in it.</summary>
public sealed class ReferenceTests
{
    [Fact]
    public void Public_members_of_standards_name_their_RFC_and_section()
    {
        Assert.Empty(StandardReferences.Check().Without);
    }
}
