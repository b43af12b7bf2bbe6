namespace Platform.Engine.PersonalData.Reading;

/// <summary>Digits that stand together.</summary>
internal readonly record struct DigitGroup(int Start, int Length)
{
    public int End => Start + Length;
}
