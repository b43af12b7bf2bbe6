using Platform.Engine.PersonalData.Classes;
using Platform.Engine.PersonalData.Reading;

namespace Platform.Engine.PersonalData;

/// <summary>Counts the distinct values of one class over the texts of a mail.</summary>
internal sealed class ClassTally(PersonalDataClass dataClass)
{
    private const int MaxPath = 500;

    private readonly HashSet<string> _values = new(StringComparer.Ordinal);
    private readonly List<PersonalDataPlace> _places = [];

    public void Take(PersonalDataPart part, string path, ReadableText text, IEnumerable<FoundValue> found)
    {
        HashSet<string> here = new(StringComparer.Ordinal);
        var sample = "";
        foreach (var value in found)
        {
            if (here.Count >= PersonalDataFinding.MaxCounted)
                break;
            if (!here.Add(value.Value))
                continue;
            if (here.Count == 1)
                sample = MaskedSample.Of(dataClass, text.Text.AsSpan(value.Start, value.Length));
            if (_values.Count < PersonalDataFinding.MaxCounted)
                _values.Add(value.Value);
        }

        if (here.Count > 0 && _places.Count < PersonalDataFinding.MaxPlaces)
            _places.Add(new PersonalDataPlace(part, path.Length <= MaxPath ? path : path[^MaxPath..], here.Count, sample));
    }

    /// <summary>Null when there is nothing to tell.</summary>
    public PersonalDataFinding? Finding() =>
        _values.Count == 0 || dataClass == PersonalDataClass.EMailList && _values.Count < EMailList.Least ? null : new PersonalDataFinding(dataClass, _values.Count, _places);
}
