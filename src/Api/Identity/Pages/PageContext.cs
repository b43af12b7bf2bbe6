namespace Platform.Api.Identity.Pages;

/// <summary>What every page is given.</summary>
/// <param name="Language"><c>ja</c> or <c>en</c>.</param>
/// <param name="TokenField">Name of the form field against forged requests, with <paramref name="Token"/> in it.</param>
/// <param name="Account">Address of who is signed in.</param>
public sealed record PageContext(string Language, Wording Texts, string TokenField, string Token, string? Account)
{
    public string this[string key] => Texts[key];
}
