namespace Platform.Engine.PersonalData.Reading;

/// <summary>Where a word stands that says what a value is.</summary>
internal enum LabelPlace
{
    /// <summary>Before the value or behind it in brackets, in the same cell or line.</summary>
    Beside,

    /// <summary>In the cell before.</summary>
    CellBefore,

    /// <summary>In the head of the column.</summary>
    Column,

    /// <summary>Further before in the same row.</summary>
    Row,

    /// <summary>On a line above.</summary>
    Above,
}

/// <param name="Class">What the word names; null where it is a number of no class: an order, a parcel, an article.</param>
/// <param name="Gap">Letters between the word and the value, or on a line above behind the word; 0 in a table.</param>
internal readonly record struct Label(PersonalDataClass? Class, LabelPlace Place, int Gap)
{
    /// <summary>Close enough that nothing else can be meant.</summary>
    public bool IsTight => Place switch
    {
        LabelPlace.Beside => Gap <= 8,
        LabelPlace.CellBefore or LabelPlace.Column => true,
        LabelPlace.Above => Gap <= 3,
        _ => false,
    };
}

internal readonly record struct LabelHit(int Start, int End, PersonalDataClass? Class);
