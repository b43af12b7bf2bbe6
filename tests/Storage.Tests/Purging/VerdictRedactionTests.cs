using Platform.Engine.PersonalData;
using Platform.Storage.Messages;
using Platform.Storage.Purging;
using Platform.Storage.Tests.Support;

namespace Platform.Storage.Tests.Purging;

public sealed class VerdictRedactionTests
{
    [Fact]
    public void Of_personal_data_the_count_stays_and_samples_and_places_go()
    {
        var verdict = Mails.Verdict() with { PersonalData = [new PersonalDataFinding(PersonalDataClass.Card, 3, [new PersonalDataPlace(PersonalDataPart.Attachment, "customers.csv", 3, "4539-****")])] };

        var finding = Assert.Single(StoredJson.ReadVerdict(VerdictRedaction.Of(StoredJson.Write(verdict))).PersonalData);

        Assert.Equal((PersonalDataClass.Card, 3), (finding.Class, finding.Count));
        Assert.Empty(finding.Places);
    }
}
