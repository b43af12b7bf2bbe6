using Platform.Benchmarks.Runner;
using Platform.Engine.Verdicts;

namespace Platform.Benchmarks.Detection.Samples.Links;

/// <summary>Mails whose form asks behind one that is there for filters only; and newsletters with search boxes and votes.</summary>
internal sealed class DecoyForms : ISampleKind
{
    public string Name => "decoy-form";

    public IEnumerable<Sample> Make(Random random)
    {
        foreach (var field in (string[])["<input name=\"card\" placeholder=\"Card number\"><input name=\"cvv\">", "<input name=\"user\"><input type=\"password\" name=\"p\">", "<textarea name=\"words\"></textarea>", "<input name=\"id\"><input type=\"password\" name=\"pin\">"])
        {
            var domain = $"{random.Word()}-desk.example";
            var decoys = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => $"<form action=\"https://{domain}/{random.Word()}\"><input type=\"hidden\" name=\"{random.Word()}\" value=\"{random.Next(99)}\"></form>"));
            var (desk, said) = random.Pick<(string, string)>([("IT Support", "Your mailbox will be suspended. Confirm your account below to keep it."), ("情報システム部", "アカウントが停止されます。下のフォームでアカウントを確認してください。"), ("Account Team", "Your account has been limited. Verify your account here.")]);
            yield return Sample.Hostile("form behind a form", LinkMail.Of(random, desk, $"support@{domain}", $"Notice {random.Next(100, 999)}", null, $"{decoys}<p>{said}</p><form action=\"https://{random.Word()}-{random.Word()}.{random.Pick(["com.br", "info", "net"])}/{random.Word()}\" method=\"post\">{field}<button>Send</button></form>"), [AttackType.CredentialPhishing, AttackType.ForgedHeader], "credential-form", "form-in-body");
        }

        for (var number = 0; number < 2; number++)
        {
            var shop = $"{random.Word()}.example";
            yield return Sample.Benign("newsletter with a search box", LinkMail.Of(random, random.Word(), $"news@{shop}", $"{random.Word()} {random.Word()}", null, $"<p>{random.Word()} {random.Word()} {random.Word()}</p><form action=\"https://www.{shop}/search\"><input type=\"hidden\" name=\"l\" value=\"en\"><input name=\"q\"><input type=\"submit\" value=\"Go\"></form><form action=\"https://www.{random.Word()}.example/search\"><input name=\"keyword\"></form>"));
            yield return Sample.Benign("vote by button", LinkMail.Of(random, random.Word(), $"team@{shop}", $"{random.Word()}?", null, $"<p>{random.Word()} {random.Word()}</p>{string.Concat(Enumerable.Range(0, 3).Select(vote => $"<form action=\"https://www.{shop}/vote\"><input type=\"hidden\" name=\"v\" value=\"{vote}\"><button>{random.Word()}</button></form>"))}"));
        }
    }
}
