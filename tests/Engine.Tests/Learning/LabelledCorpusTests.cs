using Platform.Engine.Learning;

namespace Platform.Engine.Tests.Learning;

public sealed class LabelledCorpusTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("corpus-").FullName;

    [Fact]
    public void A_manifest_names_mails_and_what_they_are()
    {
        var mails = Read("file\tlabel\tcategory\tlang\tyear\tsource", "bad/1.eml\tmalicious\tadvance-fee\ten\t2024\ta", "bad/2.eml\tmalicious\tcredential-phishing\tja\t2024\ta", "good/3.eml\tham\tnewsletter\ten\t2024\ttemplate:t");

        Assert.Equal([("bad/1.eml", MailLabel.Fraud, ""), ("bad/2.eml", MailLabel.Phishing, ""), ("good/3.eml", MailLabel.Honest, "template:t")], mails.Select(mail => (mail.Name, mail.Label, mail.Template)));
    }

    [Theory]
    [InlineData("manifest.tsv has no column 'label'.", "file\tcategory\tsource")]
    [InlineData("'spam' is no label: write ham or malicious.", "file\tlabel\tcategory\tsource", "1.eml\tspam\tx\ty")]
    public void A_manifest_that_cannot_be_used_is_refused(string sentence, params string[] lines)
    {
        Assert.Equal(sentence, Assert.Throws<InvalidDataException>(() => Read(lines)).Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private IReadOnlyList<LabelledMail> Read(params string[] lines)
    {
        File.WriteAllLines(Path.Combine(_folder, LabelledCorpus.Manifest), lines);
        return LabelledCorpus.Read(_folder);
    }
}
