using AngleSharp.Dom;
using Jint;
using Jint.Native;

namespace Platform.Engine.Behaviour.JavaScript.Pages;

/// <summary>
/// Plays the reader of a page: fills in what is asked, with secrets that occur nowhere else, sends every form and presses every
/// button and link that a script listens to. Where such a secret goes, a real one would have gone.
/// </summary>
internal sealed class Reader(Page page)
{
    public const string Password = "Vq7Rk2Lm9Xw4Tz";
    public const string Name = "Sato";

    private const string Address = "k.sato@northpine.example";
    private const string Card = "4539578763621486";
    private const string Phone = "0312345678";
    private const int MostFields = 200;
    private const int MostPressed = 60;
    private const int Rounds = 2;

    private static readonly string[] SecretWords =
    [
        "pass", "pwd", "passcode", "secret", "otp", "one-time", "verification code", "seed phrase", "mnemonic", "private key", "cvv", "cvc", "ssn", "social security", "暗証", "パスワード", "ワンタイム", "認証コード", "비밀번호", "contraseña", "passwort", "mot de passe", "senha", "密码",
    ];

    private static readonly string[] CardWords = ["card", "cardnumber", "ccnum", "cc-number", "カード番号", "카드번호", "kartennummer"];

    public static bool IsSecret(string text) => SecretWords.Any(word => text.Contains(word, StringComparison.OrdinalIgnoreCase));

    public void Act()
    {
        var world = page.World;
        world.ByItself = false;
        world.Plant(Password);
        world.Plant(Card);
        for (var round = 0; round < Rounds && !world.Ended; round++)
        {
            Fill();
            foreach (var form in page.Dom.Forms.Take(10).ToList())
                page.Wrap(form).Submit(announced: true);
            world.Jobs.RunAll();
            foreach (var element in Pressable().Take(MostPressed).ToList())
            {
                if (world.Ended)
                    return;
                Fill();
                page.Wrap(element).Click(null);
                world.Jobs.RunAll();
            }

            page.Flush();
        }
    }

    private void Fill()
    {
        foreach (var field in page.Dom.QuerySelectorAll("input,textarea").Take(MostFields).ToList())
        {
            var control = page.Wrap(field);
            if (control.Value.Length > 0 && field.GetAttribute("type") is not "password")
                continue;
            var kind = (field.GetAttribute("type") ?? "text").ToLowerInvariant();
            if (kind is "hidden" or "submit" or "button" or "file" or "image" or "reset" or "range" or "color")
                continue;
            if (kind is "checkbox" or "radio")
            {
                control.Set("checked", JsBoolean.True, control);
                continue;
            }

            control.Value = Answer(kind, $"{field.Id} {field.GetAttribute("name")} {field.GetAttribute("placeholder")} {field.GetAttribute("autocomplete")} {field.GetAttribute("aria-label")}");
            foreach (var type in (ReadOnlySpan<string>)["focus", "input", "keyup", "change", "blur"])
                if (page.IsListened(control, type) || field.HasAttribute($"on{type}"))
                    page.Fire(control, type);
        }
    }

    private static string Answer(string kind, string asked)
    {
        if (kind == "password" || IsSecret(asked))
            return Password;
        if (CardWords.Any(word => asked.Contains(word, StringComparison.OrdinalIgnoreCase)))
            return Card;
        return kind switch
        {
            "email" => Address,
            "tel" => Phone,
            "number" => "3",
            "date" => "1984-05-12",
            _ => asked.Contains("mail", StringComparison.OrdinalIgnoreCase) || asked.Contains("user", StringComparison.OrdinalIgnoreCase) || asked.Contains("login", StringComparison.OrdinalIgnoreCase) ? Address : Name,
        };
    }

    // What a script listens to, what runs code, and links that hand over a file made here.
    private IEnumerable<IElement> Pressable() => page.Dom.All.Where(element =>
        element.HasAttribute("onclick") || page.IsListened(page.Wrap(element), "click") || page.Wrap(element).Get("onclick").IsCallable() || page.IsListened(page.Wrap(element), "mousedown")
        || element.LocalName == "a" && IsMade(element.GetAttribute("href")) || element.LocalName is "button" && element.Closest("form") is not null);

    private static bool IsMade(string? address) =>
        address is not null && (address.StartsWith("blob:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("data:", StringComparison.OrdinalIgnoreCase) || address.StartsWith("javascript:", StringComparison.OrdinalIgnoreCase));
}
