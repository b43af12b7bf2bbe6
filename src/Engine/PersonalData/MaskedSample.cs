using System.Text;

namespace Platform.Engine.PersonalData;

/// <summary>What is shown of a value to those who ask why: enough to find it in the mail, too little to use it.</summary>
internal static class MaskedSample
{
    private const int Longest = 40;

    /// <summary>The first letters and digits, a quarter of them and four at most; the others are stars, what stands between them stays.</summary>
    public static string Of(PersonalDataClass dataClass, ReadOnlySpan<char> value)
    {
        var letters = 0;
        foreach (var character in value)
            letters += char.IsLetterOrDigit(character) ? 1 : 0;
        var shown = Math.Clamp(letters / 4, 1, dataClass == PersonalDataClass.PostalAddress ? 5 : 4);
        var sample = new StringBuilder();
        foreach (var character in value)
        {
            if (sample.Length >= Longest)
                break;
            if (char.IsWhiteSpace(character) || char.IsControl(character))
                sample.Append(' ');
            else if (!char.IsLetterOrDigit(character) && !char.IsSurrogate(character))
                sample.Append(character);
            else
                sample.Append(shown-- > 0 && !char.IsSurrogate(character) ? character : '*');
        }

        return sample.ToString();
    }
}
