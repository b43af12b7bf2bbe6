using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Platform.Engine;
using Platform.Engine.Mail;
using Platform.Engine.Preview;
using Platform.Fuzz.Targets.Mail;

namespace Platform.Fuzz.Tests.Mail;

/// <summary>Any bytes give a message, within the limits, and no content is lost.</summary>
public sealed class MailReaderProperties
{
    // Time enough for the busiest machine: what is found must not depend on it.
    private static readonly ScanLimits Tight = MailReaderTarget.Tight with { MaxTime = TimeSpan.FromMinutes(5) };

    [Fact]
    public void Arbitrary_bytes_give_a_message() =>
        Prop.ForAll<byte[]>(bytes => IsSound(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(500).WithEndSize(2_000));

    [Fact]
    public void Arbitrary_pieces_of_mail_give_a_message() =>
        Prop.ForAll(Gen.Elements(MailInputs.Tokens).ListOf().Select(p => Encoding.UTF8.GetBytes(string.Concat(p))).ToArbitrary(), bytes => IsSound(bytes))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_500).WithEndSize(120));

    [Fact]
    public void A_mutated_mail_gives_a_message() =>
        Prop.ForAll(Mutations().ToArbitrary(), bytes => IsSound(bytes)).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    [Fact]
    public void A_mutated_mail_can_be_previewed() =>
        Prop.ForAll(Mutations().ToArbitrary(), bytes => new Previewer().Preview(bytes, Tight, TestContext.Current.CancellationToken).Structure.Count > 0)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_mutated_mail_is_no_trouble_to_the_journal_reader() =>
        Prop.ForAll(Mutations().ToArbitrary(), bytes => !new JournalReader().Read(bytes, Tight, TestContext.Current.CancellationToken).Message.IsEmpty)
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Reading_twice_gives_the_same() =>
        Prop.ForAll(Mutations().ToArbitrary(), bytes => Summary(Read(bytes)) == Summary(Read(bytes))).Check(Config.QuickThrowOnFailure.WithMaxTest(200));

    private static bool IsSound(byte[] bytes)
    {
        MailReaderTarget.Run(bytes);
        return true;
    }

    private static string Summary(MailMessage message) =>
        string.Join('|', message.VisibleText, message.HiddenText, message.Subject, string.Join(',', message.Notes), string.Join(',', message.Links), string.Join(',', message.Attachments.Select(a => $"{a.Path} {a.Type.Id}")));

    private static MailMessage Read(byte[] bytes) => new MailReader().Read(bytes, Tight, TestContext.Current.CancellationToken);

    // Octets changed, cut out and doubled in a valid mail.
    private static Gen<byte[]> Mutations() =>
        from seed in Gen.Choose(0, int.MaxValue)
        from count in Gen.Choose(1, 12)
        select Mutate(seed, count);

    private static byte[] Mutate(int seed, int count)
    {
        var random = new System.Random(seed);
        var bytes = Encoding.UTF8.GetBytes(MailInputs.Valid).ToList();
        for (var i = 0; i < count; i++)
        {
            var at = random.Next(bytes.Count - 40);
            switch (random.Next(4))
            {
                case 0:
                    bytes[at] = (byte)random.Next(256);
                    break;
                case 1:
                    bytes.RemoveRange(at, random.Next(1, 30));
                    break;
                case 2:
                    bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - 40), random.Next(1, 40)));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.UTF8.GetBytes(MailInputs.Tokens[random.Next(MailInputs.Tokens.Count)]));
                    break;
            }
        }

        return [.. bytes];
    }
}
