using Platform.Storage.Outgoing.Approvals;

namespace Platform.Storage.Tests.Outgoing;

public sealed class FourEyesTests
{
    /// <summary>Steps are parted by spaces; each letter is a person, and a plus says that all of them decide.</summary>
    [Theory]
    [InlineData("a", true)]
    [InlineData("a b", true)]
    [InlineData("ab ab", true)]
    [InlineData("abc ab a", true)]
    [InlineData("a a", false)]
    [InlineData("ab ab ab", false)]
    [InlineData("+ab c", true)]
    [InlineData("a +ab", false)]
    [InlineData("+ab +bc", false)]
    [InlineData("abc +ab", true)]
    [InlineData("a - b", false)]
    [InlineData("+", false)]
    public void Steps_are_decided_by_people_of_their_own(string steps, bool suffice) => Assert.Equal(
        suffice,
        FourEyes.Suffice([.. steps.Split(' ').Select(step => new StepPeople([.. step.Where(char.IsLetter).Select(letter => new Guid(letter, 0, 0, new byte[8]))], step.StartsWith('+')))]));
}
