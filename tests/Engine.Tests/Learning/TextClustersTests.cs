using Platform.Engine.Learning;

namespace Platform.Engine.Tests.Learning;

public sealed class TextClustersTests
{
    private const string Letter = "dear customer your parcel waits at the depot of our town please pay the small fee for its delivery until the end of this week";

    [Theory]
    [InlineData("dear customer your parcel waits at the depot of our town please pay the small fee for its delivery until tomorrow", true)]
    [InlineData("dear customer 4711 your parcel waits at the depot of our town please pay the small fee for its delivery until 12.5.", true)]
    [InlineData("hello team the minutes of the meeting are in the folder and the next one is on monday at ten in the large room", false)]
    public void Nearly_the_same_text_is_one_group(string other, bool together)
    {
        var groups = TextClusters.Of([Letter, other]);

        Assert.Equal(together, groups[0] == groups[1]);
    }

    [Fact]
    public void Groups_join_through_a_third()
    {
        var middle = string.Join(' ', Letter.Split(' ').Skip(10).Concat("and answer this mail with the number of your card so that we may send it again".Split(' ')));
        var last = string.Join(' ', middle.Split(' ').Skip(15));

        Assert.Single(TextClusters.Of([Letter, middle, last]).Distinct());
    }

    [Fact]
    public void Mails_without_text_stay_apart()
    {
        Assert.Equal(2, TextClusters.Of(["", ""]).Distinct().Count());
    }
}
