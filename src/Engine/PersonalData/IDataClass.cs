using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData;

/// <summary>Finds the values of one class in a text, in time linear in its length. Stateless.</summary>
internal interface IDataClass
{
    PersonalDataClass Class { get; }

    /// <summary>Words that name a value of the class, folded as <see cref="ReadableText.Lower"/> is.</summary>
    IReadOnlyList<string> Words { get; }

    IEnumerable<FoundValue> Find(ReadableText text);
}

/// <summary>A value in a text.</summary>
/// <param name="Start">Offset in <see cref="ReadableText.Text"/>.</param>
/// <param name="Value">In one form however it was written, so that the same value counts once.</param>
internal readonly record struct FoundValue(int Start, int Length, string Value);
