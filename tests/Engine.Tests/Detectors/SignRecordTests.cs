using Platform.Engine.Detectors;

namespace Platform.Engine.Tests.Detectors;

public sealed class SignRecordTests
{
    private static readonly SignRecord Record = new("sign\tattacks\thonest\n*\t200\t400\nurgency\t30\t10\n");

    [Theory]
    [InlineData("urgency", "75", "15")]
    [InlineData("never-seen", "", "")]
    public void Precision_and_recall_are_shares_of_what_was_counted(string sign, string precision, string recall)
    {
        Assert.Equal((precision, recall), (Record.Precision(sign), Record.Recall(sign)));
    }
}
