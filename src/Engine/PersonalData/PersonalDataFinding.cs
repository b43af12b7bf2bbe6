namespace Platform.Engine.PersonalData;

/// <summary>One class of personal data that a mail holds. Tells how much and where, never what.</summary>
/// <param name="Count">Distinct values over the whole mail, after normalising; at most <see cref="MaxCounted"/>.</param>
/// <param name="Places">Where they stand, in the order of the mail; at most <see cref="MaxPlaces"/>.</param>
public sealed record PersonalDataFinding(PersonalDataClass Class, int Count, IReadOnlyList<PersonalDataPlace> Places)
{
    /// <summary>Beyond it values are no longer told apart, and the count stays.</summary>
    public const int MaxCounted = 20_000;

    public const int MaxPlaces = 50;
}

/// <summary>One text of the mail that holds values of a class.</summary>
/// <param name="Path">Path of the attachment, members after a slash; empty for subject and body. Hostile, escape where shown.</param>
/// <param name="Count">Distinct values in this text.</param>
/// <param name="Sample">The first value with its end hidden: <c>45**-****-****-****</c>.</param>
public sealed record PersonalDataPlace(PersonalDataPart Part, string Path, int Count, string Sample);

public enum PersonalDataPart
{
    Subject,
    Body,
    Attachment,
}
